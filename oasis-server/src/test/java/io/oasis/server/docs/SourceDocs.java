package io.oasis.server.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the comments of one source file say, as Markdown.
 *
 * @param ofType of its type
 * @param ofMethods by the names of its methods
 */
record SourceDocs(String ofType, Map<String, String> ofMethods) {

  static SourceDocs of(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
      CompilationUnitTree unit = task.parse().iterator().next();
      return of(unit, DocTrees.instance(task));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceDocs of(CompilationUnitTree unit, DocTrees docs) {
    ClassTree type = (ClassTree) unit.getTypeDecls().get(0);
    TreePath path = new TreePath(new TreePath(unit), type);
    Map<String, String> methods = new HashMap<>();
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method) {
        methods.put(
            method.getName().toString(), text(docs.getDocCommentTree(new TreePath(path, method))));
      }
    }
    return new SourceDocs(text(docs.getDocCommentTree(path)), methods);
  }

  private static String text(DocCommentTree comment) {
    return comment == null
        ? ""
        : markdown(comment.getFullBody()).replaceAll("\\s+", " ").replace("|", "\\|").strip();
  }

  private static String markdown(List<? extends DocTree> parts) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case LiteralTree code -> "`" + code.getBody().getBody() + "`";
                  case LinkTree link -> "`" + link.getReference().getSignature() + "`";
                  default -> part.toString();
                })
        .collect(Collectors.joining());
  }
}
