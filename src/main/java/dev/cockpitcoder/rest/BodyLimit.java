package dev.cockpitcoder.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** No request body of more than 1 MiB is read, whatever its Content-Length says. */
@Provider
@PreMatching
public class BodyLimit implements ContainerRequestFilter {
    private static final int MAX_BYTES = 1 << 20;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getLength() > MAX_BYTES) {
            throw tooLarge();
        }
        if (request.hasEntity()) {
            request.setEntityStream(new Limited(request.getEntityStream()));
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(ProblemCode.TOO_LARGE, "A request body may have at most " + MAX_BYTES + " bytes.");
    }

    private static final class Limited extends FilterInputStream {
        private long left = MAX_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
