# The simulator in a container: docker build -t oz-status . && docker run --rm -p 8080:8080 oz-status
FROM node:20-slim AS build
WORKDIR /build
COPY . .
RUN mkdir /packed && npm ci && npm pack --pack-destination /packed

FROM node:20-slim
COPY --from=build /packed/ /packed/
RUN npm install --global --no-audit --no-fund /packed/*.tgz && rm -r /packed
# By its number, so that it can be seen not to be root; it is node in the image.
USER 1000
EXPOSE 8080
ENTRYPOINT ["oz-status"]
CMD ["simulate", "--host", "0.0.0.0", "--port", "8080"]
