package dev.cockpitcoder.problem;

import java.io.IOException;
import java.io.Serial;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The error page of the application: turns what the container refuses by itself into a problem. */
@WebServlet("/problem")
public class ErrorPageServlet extends HttpServlet {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = Logger.getLogger(ErrorPageServlet.class.getName());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Throwable failure = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        ProblemCode code = ProblemCode.of(status == null ? HttpServletResponse.SC_NOT_FOUND : status);
        if (failure != null) {
            LOG.log(
                    Level.SEVERE,
                    failure,
                    () -> "a request failed: " + request.getMethod() + " " + request.getRequestURI());
        }
        ProblemWriter.write(request, response, code, detail(code));
    }

    private static String detail(ProblemCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> "Send a token this server issued: Authorization: Bearer <token>.";
            case NOT_FOUND -> "Nothing is served at this address. The API is described at /openapi.";
            case INTERNAL -> "The log of the server says more.";
            default -> code.title() + ".";
        };
    }
}
