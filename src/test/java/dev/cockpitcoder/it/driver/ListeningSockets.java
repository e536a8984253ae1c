package dev.cockpitcoder.it.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP sockets a process listens on, as Linux tells: proc(5), {@code /proc/net/tcp}. */
public final class ListeningSockets {
    private static final String LISTEN = "0A";

    private ListeningSockets() {}

    public static List<InetSocketAddress> of(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            Set<String> inodes = sockets(proc.resolve("fd"));
            List<InetSocketAddress> listening = new ArrayList<>();
            for (String table : List.of("tcp", "tcp6")) {
                for (String line : Files.readAllLines(proc.resolve("net").resolve(table))) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields[3].equals(LISTEN) && inodes.contains(fields[9])) {
                        listening.add(address(fields[1]));
                    }
                }
            }
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        try (Stream<Path> links = Files.list(descriptors)) {
            return links.map(ListeningSockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    /** Addresses stand there in words of 32 bits, each in the byte order of a little-endian machine. */
    private static InetSocketAddress address(String text) throws UnknownHostException {
        String[] parts = text.split(":");
        byte[] address = new byte[parts[0].length() / 2];
        byte[] written = new BigInteger("01" + parts[0], 16).toByteArray();
        for (int i = 0; i < address.length; i++) {
            address[i] = written[1 + (i & ~3) + 3 - (i & 3)];
        }
        return new InetSocketAddress(InetAddress.getByAddress(address), Integer.parseInt(parts[1], 16));
    }
}
