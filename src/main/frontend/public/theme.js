// Runs before the first paint, so that a chosen theme does not flash in the other one. See src/store/theme.ts.
try {
  const theme = localStorage.getItem('cockpit.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is off: the system's theme it is.
}
