/**
 * The JSON Schema (2020-12) of manifests, for editors and for checks elsewhere. It is built in code
 * out of the words and defaults of the records; tests hold it to what the reader knows and takes.
 * It refuses what is wrong in structure; what needs arithmetic or a calendar only the reader knows.
 */
package io.oasis.manifest.schema;
