import { defineConfig } from 'prisma/config';

// The CLI looks for its engine on a host that closed networks can't reach, before it does anything. Nothing we run
// needs the engine, so any existing file will do; where one is installed, set the variable to it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
