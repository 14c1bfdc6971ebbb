/** The account that pays for what serves everybody, such as the samples of the voices. A row of a migration; nobody signs in as it. */
export const HOUSE_USER_ID = 'house'
