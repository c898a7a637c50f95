#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "pdf/structure/revisions.h"

namespace sohoa {

/// One incremental update (ISO 32000-1:2008, 7.5.6): changed and new objects with a
/// cross-reference section of the file's own kind (table after table, stream after stream, a table
/// after a hybrid). Earlier bytes are never touched; what comes out is to be appended to them.
/// `file` must outlive it. Not thread-safe.
class IncrementalUpdate {
 public:
  explicit IncrementalUpdate(const PdfRevisions& file);

  /// A reference no object has yet; put() it before render().
  PdfRef allocate();
  /// New state of an object: its value ("<<…>>") or, for a stream, its dictionary.
  void put(PdfRef reference, std::string body);
  void putStream(PdfRef reference, PdfValue dictionary, std::string_view data);
  /// As now: the update's own state of an object when it has one, the file's otherwise.
  PdfValue current(PdfRef reference) const;
  void put(PdfRef reference, const PdfValue& value);

  struct Rendered {
    std::string bytes;  ///< to append at the end of the file
    /// Offset in the final file of the body of each object put.
    std::map<std::uint32_t, std::size_t> bodies;
  };
  /// `changingId`: 16 bytes, the second element of /ID; the first stays (14.4).
  Rendered render(std::string_view changingId) const;

 private:
  PdfValue trailerEntries(std::string_view changingId) const;

  struct Change {
    std::uint32_t generation = 0;
    std::string body;
    PdfValue value;  ///< null for a body given as text
  };
  const PdfRevisions& file_;
  std::map<std::uint32_t, Change> changes_;
  std::uint32_t next_;
};

}  // namespace sohoa
