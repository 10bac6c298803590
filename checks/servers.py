"""Storage servers as processes on this machine, and a proxy that delays and fails requests on purpose."""

import getpass
import http.client
import http.server
import json
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
START_SECONDS = 90


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A Java process from the jars of one of the modules in storage-tests; its output goes to a file."""

    def __init__(self, module, folder, *arguments):
        jars = HOME / "storage-tests" / module / "target" / "server"
        assert jars.is_dir(), f"no {jars}: run mvn -Pstorage-tests -DskipTests package"
        self.log = folder / f"{module}.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [
                    "java",
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    f"{folder}:{jars}/*",
                    *arguments,
                ],
                cwd=folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def await_answer(self, url):
        end = time.monotonic() + START_SECONDS
        while True:
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() < end, f"{url} does not answer: {self.log.read_text()[-3000:]}"
            try:
                return urllib.request.urlopen(url, timeout=5).read()
            except urllib.error.HTTPError:
                return None
            except OSError:
                time.sleep(0.3)

    def stop(self):
        self.process.kill()
        self.process.wait()


class S3Server:
    """S3Proxy over a folder: what is in buckets/NAME is in the bucket NAME."""

    KEY = "AKIDCAMAUDITCHECK"
    SECRET = "plantedSecretOfTheCheck0123456789"

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        self.buckets = folder / "buckets"
        self.buckets.mkdir(parents=True)
        self.port = free_port()
        settings = {
            "s3proxy.endpoint": f"http://127.0.0.1:{self.port}",
            "s3proxy.authorization": "aws-v2-or-v4",
            "s3proxy.identity": self.KEY,
            "s3proxy.credential": self.SECRET,
            # Beam names a header for encryption that the server knows nothing of.
            "s3proxy.ignore-unknown-headers": "true",
            "jclouds.provider": "filesystem",
            "jclouds.identity": "local",
            "jclouds.credential": "local",
            "jclouds.filesystem.basedir": str(self.buckets),
        }
        (folder / "server.properties").write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
        (folder / "logback.xml").write_text(
            '<configuration><appender name="OUT" class="ch.qos.logback.core.ConsoleAppender"><encoder>'
            "<pattern>%level %logger{0} %msg%n</pattern></encoder></appender>"
            '<root level="WARN"><appender-ref ref="OUT"/></root></configuration>'
        )
        self.process = Process("s3", folder, "org.gaul.s3proxy.Main", "--properties", "server.properties")
        self.process.await_answer(f"http://127.0.0.1:{self.port}/")

    def stop(self):
        self.process.stop()

    def variables(self, port=None):
        """What the vendor's own tools read, too."""
        return {
            "AWS_ACCESS_KEY_ID": self.KEY,
            "AWS_SECRET_ACCESS_KEY": self.SECRET,
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port or self.port}",
        }


class Hdfs:
    """A name node and a data node in one process."""

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.port = free_port()
        self.http = free_port()
        (folder / "log4j.properties").write_text(
            "log4j.rootLogger=WARN,out\nlog4j.appender.out=org.apache.log4j.ConsoleAppender\n"
            "log4j.appender.out.layout=org.apache.log4j.PatternLayout\n"
        )
        self.process = Process(
            "hdfs",
            folder,
            "org.apache.hadoop.test.MiniDFSClusterManager",
            "-format",
            "-nnport", str(self.port),
            "-httpport", str(self.http),
            "-datanodes", "1",
            "-writeDetails", str(folder / "details.json"),
        )  # fmt: skip
        end = time.monotonic() + START_SECONDS
        while not (folder / "details.json").exists():
            assert self.process.process.poll() is None, self.process.log.read_text()[-3000:]
            assert time.monotonic() < end, self.process.log.read_text()[-3000:]
            time.sleep(0.3)

    def stop(self):
        self.process.stop()

    def url(self, path, operation, **more):
        query = urllib.parse.urlencode({"op": operation, "user.name": getpass.getuser(), **more})
        return f"http://127.0.0.1:{self.http}/webhdfs/v1{urllib.parse.quote(path)}?{query}"

    def upload(self, local, path):
        for file in [local] if local.is_file() else sorted(f for f in local.rglob("*") if f.is_file()):
            to = path if local.is_file() else f"{path}/{file.relative_to(local).as_posix()}"
            # The name node answers with the data node's address.
            ask = urllib.request.Request(self.url(to, "CREATE", overwrite="true", noredirect="true"), method="PUT")
            where = json.load(urllib.request.urlopen(ask))["Location"]
            urllib.request.urlopen(urllib.request.Request(where, data=file.read_bytes(), method="PUT")).read()

    def files(self, path):
        """The paths of all files below a folder, relative to it."""
        listing = json.load(urllib.request.urlopen(self.url(path, "LISTSTATUS")))["FileStatuses"]["FileStatus"]
        found = []
        for entry in listing:
            name = entry["pathSuffix"]
            if entry["type"] == "DIRECTORY":
                found += [f"{name}/{below}" for below in self.files(f"{path}/{name}")]
            else:
                found.append(name)
        return found

    def download(self, path, local):
        for name in self.files(path):
            to = local / name
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(urllib.request.urlopen(self.url(f"{path}/{name}", "OPEN")).read())


class Proxy:
    """Passes requests on to a server on this machine and keeps a list of them.

    rule(method, path) is asked before each: None passes it on, a number above 100 is answered as that HTTP status, a
    lesser one is a delay in seconds, "drop" closes the connection without an answer, "cut" does so in the middle of it.
    """

    def __init__(self, port, rule=lambda method, path: None):
        self.requests = []
        self.rule = rule
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body in one piece, and at once: else each answer waits 40 ms for the client's acknowledgement.
            wbufsize = -1
            disable_nagle_algorithm = True

            def handle_expect_100(self):
                return super().handle_expect_100() and not self.wfile.flush()

            def handle_one(self):
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length) if length else None
                path = urllib.parse.unquote(self.path)
                proxy.requests.append((self.command, path))
                what = proxy.rule(self.command, path)
                if what == "drop":
                    self.close_connection = True
                    return
                if isinstance(what, int | float) and what > 100:
                    self.answer(what, {}, b"")
                    return
                if isinstance(what, int | float):
                    time.sleep(what)
                back = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                try:
                    back.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                    for name, value in self.headers.items():
                        if name.lower() not in ("expect", "connection"):
                            back.putheader(name, value)
                    back.endheaders(body)
                    answer = back.getresponse()
                    self.answer(answer.status, dict(answer.getheaders()), answer.read(), cut=what == "cut")
                finally:
                    back.close()

            do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = handle_one

            def answer(self, status, headers, body, cut=False):
                self.send_response_only(int(status))
                for name, value in headers.items():
                    if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                        self.send_header(name, value)
                length = headers.get("Content-Length", len(body)) if self.command == "HEAD" else len(body)
                self.send_header("Content-Length", str(length))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body[: len(body) // 2] if cut else body)
                self.wfile.flush()
                if cut:
                    self.close_connection = True

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request, address):
                pass  # a client that is killed leaves connections behind

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
