# The worker's image. Tools come from the same table and installer that the tests and the local cloud use.
FROM node:22.21.1-bookworm-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /hangar
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node local/setup.mjs --no-tools \
 && node dist/local/tools/install.js terraform helm --prefix /opt/hangar/bin \
 && npm prune --omit=dev --ignore-scripts

FROM node:22.21.1-bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates tini && rm -rf /var/lib/apt/lists/* \
 && install --directory --owner=node --group=node /var/lib/hangar
COPY --from=build /opt/hangar/bin/ /usr/local/bin/
WORKDIR /hangar
COPY --from=build /hangar/package.json ./
COPY --from=build /hangar/node_modules ./node_modules
COPY --from=build /hangar/dist ./dist
COPY --from=build /hangar/bin ./bin
COPY --from=build /hangar/terraform ./terraform
ENV NODE_ENV=production HANGAR_HOME=/var/lib/hangar
USER node
# tini hands the stop signal on and reaps what a killed terraform leaves.
ENTRYPOINT ["tini", "--", "node", "bin/hangar.mjs"]
CMD ["worker"]
