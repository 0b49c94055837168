/**
 * The Oasis executor SDK: a few lines make an application an executor that the server gives runs
 * to.
 *
 * <p>Start with {@link io.oasis.executor.Executor#builder()}. Everything outside of this package
 * and of {@code io.oasis.executor.testing} is internal and may change at any time.
 */
package io.oasis.executor;
