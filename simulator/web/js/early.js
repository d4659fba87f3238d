// Before anything is painted: the colours chosen last time.
try {
  const theme = JSON.parse(localStorage.getItem("lotse.theme"));
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's colours.
}
