/** What this browser remembers of the page: colours, language, which phones show whom. */

export function recall(key, fallback = null) {
  try {
    const kept = localStorage.getItem(`lotse.${key}`);
    return kept === null ? fallback : JSON.parse(kept);
  } catch {
    return fallback;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(`lotse.${key}`, JSON.stringify(value));
  } catch {
    // Private windows keep nothing; the page works all the same.
  }
}
