// Before the first paint, so that a chosen theme or language does not flash. A file, not an inline script: the page's
// content policy allows none.
try {
  var theme = localStorage.getItem('aimake.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  var language = localStorage.getItem('aimake.language') || navigator.language
  if (!/^zh/i.test(language)) document.documentElement.lang = 'en'
} catch {
  // Storage is forbidden: the system's theme and Chinese until the app has started.
}
