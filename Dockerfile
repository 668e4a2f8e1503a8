# papergraph as one static binary without a shell, a package manager or a root user.
#
#   docker build -t papergraph .
#   docker run -p 127.0.0.1:8080:8080 -v papergraph:/data papergraph
#
# Base images are pinned by tag. For bit-for-bit builds, pin them by digest too.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/papergraph . && mkdir /out/data

FROM busybox:1.37-musl AS busybox

FROM scratch
# For neo4j+s://, whose certificate has to be checked
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
# For the health check. Under this name busybox is wget and nothing else.
COPY --from=busybox /bin/busybox /bin/wget
COPY --from=build /out/papergraph /bin/papergraph
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
# papergraph.db of the embedded store is made in the current directory. PAPERGRAPH_STORE is left alone: set, it would win over NEO4J_URI.
WORKDIR /data
VOLUME /data
# There is no /tmp, where sqlite::memory: has its file otherwise.
ENV PAPERGRAPH_LISTEN=0.0.0.0:8080 TMPDIR=/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["/bin/papergraph"]
