/** Lets the browser save a file under a name. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser takes what it needs after this has ended.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
