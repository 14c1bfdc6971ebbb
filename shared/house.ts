/** The account that pays for what serves everybody, such as the samples of the voices. A row of a migration; nobody signs in as it. */
export const HOUSE_USER_ID = 'house'

/** Whose the calls are whose person was erased. A row of a migration too. */
export const ERASED_USER_ID = 'erased'
