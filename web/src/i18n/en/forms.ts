/** What is wrong with a field, said beneath it: the rules are the API's own. */
export const forms = {
  needed: 'Fill this in.',
  tooShort: 'Too short: {{least}} characters at least.',
  tooLong: 'Too long: {{most}} characters at most.',
  badForm: 'This is not of the right form. Check it.',
  tooSmall: 'Too small: {{least}} at least.',
  tooLarge: 'Too large: {{most}} at most.',
  choose: 'Choose one at least.',
  bad: 'This is not right. Check it.',
}
