/** What the CLI's tests stand on: a server of loopback that speaks the contract, and a shell. */
package io.oasis.cli.harness;
