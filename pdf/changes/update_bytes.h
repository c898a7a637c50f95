#pragma once

#include <cstddef>
#include <vector>

#include "pdf/changes/revision_changes.h"
#include "pdf/structure/revisions.h"

namespace sohoa {

/// Judges the bytes behind a signed revision, which ends at `begin`; `section` is its
/// cross-reference section. A strict reader ignores bytes that no cross-reference names and entries
/// that nothing refers to; a reader that repairs files (every viewer) finds objects by scanning and
/// may show a text that was never signed. So in every later revision
/// - each byte belongs to an object that the revision's section names, to the section itself, or is
///   white space or a comment;
/// - each entry of the section is true, referred to or not; object 0 stays free; /Size fits;
/// - nothing inside a string, stream or comment reads as an object, a trailer or a startxref;
/// - an object stream holds only what the section names in it;
/// - no reference leads to an object that does not exist;
/// - certificates and revocation data of the security store are one DER value each.
/// Returns what breaks these rules, as forbidden changes; empty when nothing does. Throws
/// PdfSyntaxError when there is too much to look at.
std::vector<DocumentChange> unaccountedBytes(const PdfRevisions& file, std::size_t section,
                                             std::size_t begin);

}  // namespace sohoa
