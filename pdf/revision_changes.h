#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pdf/revisions.h"

namespace sohoa {

/// What revisions after a signed one did to the document, by a whitelist: permitted are the
/// document security store, and new signatures and document timestamps in fields of their own.
struct RevisionChanges {
  enum class Kind {
    // from harmless to harmful
    none,
    permitted,
    unknown,    ///< not on the whitelist, and not surely harmful: nobody may call it permitted
    forbidden,  ///< pages or what they show changed, or an object was taken away
  };
  Kind kind = Kind::none;
  /// The objects that are not permitted changes: "object 4 0: page", …
  std::vector<std::string> objects;
};

/// Compares the revisions of a file, each with the one before it: a change that a later revision
/// takes back still counts. Remembers what it compared. `file` must outlive it; not thread-safe.
class RevisionDiff {
 public:
  explicit RevisionDiff(const PdfRevisions& file);
  /// Everything after the revision whose cross-reference section is `section`. Throws
  /// PdfSyntaxError.
  RevisionChanges after(std::size_t section);

 private:
  const PdfRevisions& file_;
  std::vector<std::optional<RevisionChanges>> steps_;  ///< [i]: what section i did
  std::size_t budget_;
};

}  // namespace sohoa
