package dev.cockpitcoder.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The stack of VS Code's terminal and of wetty: node-pty behind ws, installed from npm at pinned versions (needs make and a C++ compiler). */
final class NodePeer implements AutoCloseable {
    private static final String SERVER = """
            const pty = require('node-pty'), { WebSocketServer } = require('ws');
            const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false }, () => console.log(server.address().port));
            server.on('connection', socket => {
              const shell = pty.spawn('/bin/bash', ['--norc'], { cols: 80, rows: 24, encoding: null });
              shell.onData(data => socket.send(data));
              shell.onExit(() => socket.close());
              socket.on('message', data => shell.write(data));
              socket.on('close', () => shell.kill());
            });
            """;

    private final Process process;
    private final int port;

    private NodePeer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static NodePeer start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("server.js"), SERVER);
        int installed = new ProcessBuilder(
                        List.of("npm", "install", "--no-audit", "--no-fund", "node-pty@1.1.0", "ws@8.23.0"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("npm.log").toFile())
                .start()
                .waitFor();
        if (installed != 0) {
            throw new IOException("npm failed: " + Files.readString(directory.resolve("npm.log")));
        }
        Process process = new ProcessBuilder("node", "server.js")
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new NodePeer(process, Integer.parseInt(out.readLine()));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
