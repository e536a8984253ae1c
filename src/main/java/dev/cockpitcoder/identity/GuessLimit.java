package dev.cockpitcoder.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.cockpitcoder.problem.ProblemException;

/** Slows guessing down: after five failures from an address each further one doubles its wait, up to five minutes. */
final class GuessLimit {
    private static final int FREE_FAILURES = 5;
    private static final int MAX_ADDRESSES = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private record Failures(int count, Instant retryAt) {}

    private final Map<String, Failures> failuresByAddress = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /** @throws ProblemException TOO_MANY while the address has to wait */
    synchronized void check(String address, Instant now) {
        Failures failures = failuresByAddress.get(address);
        if (failures != null && now.isBefore(failures.retryAt)) {
            int seconds = (int) Duration.between(now, failures.retryAt).toSeconds() + 1;
            throw ProblemException.tooMany("Too many wrong codes. Try again in " + seconds + " seconds.", seconds);
        }
    }

    synchronized void failed(String address, Instant now) {
        int count = failuresByAddress.getOrDefault(address, new Failures(0, now)).count + 1;
        long seconds = count < FREE_FAILURES ? 0 : 1L << Math.min(count - FREE_FAILURES, 30);
        Duration wait = Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT.toSeconds()));
        failuresByAddress.remove(address);
        failuresByAddress.put(address, new Failures(count, now.plus(wait)));
    }

    synchronized void succeeded(String address) {
        failuresByAddress.remove(address);
    }
}
