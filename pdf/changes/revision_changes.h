#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pdf/changes/page_picture.h"
#include "pdf/structure/revisions.h"
#include "pdf/structure/signature_fields.h"

namespace sohoa {

/// One thing that a later revision did.
struct DocumentChange {
  bool permitted = false;
  const char* words = "";  ///< message id: "a page was changed"
  std::string where;       ///< "object 12", "field Họ tên: a → b", "trailer"; UTF-8
};

/// What revisions after a signed one did to the document, by a whitelist. Permitted are exactly:
/// the document security store and extensions, document timestamps, further signatures, and field
/// fill-ins that the signatures allow. What is not on the list is forbidden.
struct RevisionChanges {
  enum class Kind {
    // from harmless to harmful
    none,
    permitted,
    notExamined,  ///< encrypted: the objects cannot be compared
    forbidden,
  };
  Kind kind = Kind::none;
  std::vector<DocumentChange> changes;  ///< at most some dozens are named
};

/// Compares the revisions of a file, each with the one before it: a change that a later revision
/// takes back still counts. Remembers what it compared. `file` and `fields` (of
/// readSignatureFields) and `renderer` must outlive it; not thread-safe. Without a renderer nothing
/// new may lie over what a page shows, as far as boxes tell.
class RevisionDiff {
 public:
  RevisionDiff(const PdfRevisions& file, const std::vector<SignatureField>& fields,
               PageRenderer* renderer = nullptr);
  /// Everything after the revision whose cross-reference section is `section`, under the
  /// permissions of the signatures there. Throws PdfSyntaxError.
  RevisionChanges after(std::size_t section);

 private:
  /// Where the revision ends, as a signature covers it.
  std::optional<std::size_t> endOfRevision(std::size_t section) const;

  const PdfRevisions& file_;
  const std::vector<SignatureField>& fields_;
  PageRenderer* renderer_;
  /// [i][replacing allowed]: what section i did.
  std::vector<std::array<std::optional<RevisionChanges>, 2>> steps_;
  std::size_t budget_;
};

}  // namespace sohoa
