/** Version of what the tracker sends, raised when the server has to tell the old from the new. */
export const version = 1;
