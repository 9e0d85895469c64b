/** The mark of Sporløs: tracks that end. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M8 21.5c3.2 0 3.4-11 7-11s3.6 11 7 11" />
      <circle cx="25" cy="21.5" r="1.7" />
    </svg>
  );
}
