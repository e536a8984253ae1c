package dev.cockpitcoder.server;

import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Makes Payara refuse what is written to an exchange that is over. Without it the stream of an old connection writes into whatever
 * connection got its buffer next; the WebSocket implementation itself does so when two threads close a socket.
 *
 * @see SocketOutput
 */
@WebListener
public class OutputScope implements ServletContextListener, ServletRequestListener {
    private static final Logger LOG = Logger.getLogger(OutputScope.class.getName());

    @Override
    public void contextInitialized(ServletContextEvent event) {
        for (String exchange : new String[] {"Request", "Response"}) {
            try {
                Class.forName("org.apache.catalina.connector." + exchange)
                        .getMethod("setEnforceScope", boolean.class)
                        .invoke(null, true);
            } catch (ReflectiveOperationException e) {
                LOG.log(Level.FINE, "This is no server that has such a switch", e);
            }
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        SocketOutput.requestOver();
    }
}
