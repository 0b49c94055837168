/**
 * What a user writes: App and Job documents as records, read from YAML with line numbers, validated
 * with every error at once. No framework, no input or output besides text.
 */
package io.oasis.manifest;
