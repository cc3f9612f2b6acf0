/** SQL files are imported as their text: esbuild's text loader, and a plugin of vitest's, agree on it. */
declare module '*.sql' {
  const text: string;
  export default text;
}
