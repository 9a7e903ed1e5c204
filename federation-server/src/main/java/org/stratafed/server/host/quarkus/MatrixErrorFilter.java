package org.stratafed.server.host.quarkus;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/// The same as [MatrixErrors], for errors that the REST library answers by itself.
@Provider
public final class MatrixErrorFilter implements ContainerResponseFilter {

    private static final int ERRORS = 400;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= ERRORS && !response.hasEntity()) {
            response.setEntity(
                    MatrixErrors.body(response.getStatus()).toString(),
                    new java.lang.annotation.Annotation[0],
                    MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
