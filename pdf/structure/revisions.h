#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pdf/structure/syntax.h"

namespace sohoa {

/// ISO 32000-1:2008, Annex C.2.
constexpr std::uint32_t kMaxObjectNumber = 8'388'607;

/// What a cross-reference section says of one object (ISO 32000-1:2008, 7.5.4, 7.5.8).
struct XrefEntry {
  enum class Kind : std::uint8_t { free, plain, compressed };
  Kind kind = Kind::free;
  std::uint32_t generation = 0;  ///< plain: generation; compressed: index in its object stream
  std::uint64_t place = 0;       ///< plain: byte offset; compressed: number of the object stream
  bool operator==(const XrefEntry&) const = default;
};

/// One cross-reference section with its trailer. A file has one per revision (a linearised file has
/// two for its first).
struct XrefSection {
  struct Run {
    std::uint32_t first = 0;
    std::vector<XrefEntry> entries;
  };
  std::size_t offset = 0;  ///< of the keyword xref or of the cross-reference stream object
  bool stream = false;
  std::vector<Run> runs;         ///< sorted, without overlap
  std::size_t hybridOffset = 0;  ///< of the stream named by /XRefStm; 0: none
  std::vector<Run> hybridRuns;   ///< its entries
  PdfValue trailer;              ///< or the dictionary of the cross-reference stream
};

struct PdfObject {
  PdfValue value;  ///< its `reference` is the object's own number and generation
  XrefEntry entry;
  std::size_t begin = 0, end = 0;  ///< of a plain object: "n g obj" up to "endobj"
  std::string_view streamData;     ///< as stored
  bool hasStream = false;
};

/// The revisions of a PDF as its cross-reference chain tells them, read strictly: a file that needs
/// repair is refused, because two readers could repair it differently. The bytes must outlive it.
/// Objects can be read in the state of any revision. Not thread-safe.
class PdfRevisions {
 public:
  /// Throws PdfSyntaxError.
  explicit PdfRevisions(std::string_view bytes);

  std::string_view bytes() const { return bytes_; }
  /// Newest first.
  const std::vector<XrefSection>& sections() const { return sections_; }
  const PdfValue& trailer(std::size_t section = 0) const { return sections_.at(section).trailer; }
  std::size_t startxref() const { return sections_.front().offset; }
  /// What offsets in the file count from: 0, or the place of a header that other bytes precede. All
  /// offsets that this class gives count from the begin of the bytes.
  std::size_t base() const { return base_; }
  /// After the last %%EOF and its end of line.
  std::size_t end() const { return end_; }
  bool isEncrypted() const { return trailer().find("Encrypt") != nullptr; }
  /// One more than the highest object number of any section.
  std::uint32_t nextNumber() const { return nextNumber_; }

  /// The entry in force when `section` was the newest; nullopt: never mentioned.
  std::optional<XrefEntry> entry(std::uint32_t number, std::size_t section = 0) const;
  /// The object in the state when `section` was the newest; null when free, missing or of another
  /// generation. Throws PdfSyntaxError when the bytes there are not that object.
  PdfObject object(PdfRef reference, std::size_t section = 0) const;
  /// Follows a reference; gives other values back as they are.
  PdfValue resolve(const PdfValue& value, std::size_t section = 0) const;
  /// resolve() of a dictionary's key; a null value when absent.
  PdfValue get(const PdfValue& dictionary, std::string_view key, std::size_t section = 0) const;
  PdfValue catalog(std::size_t section = 0) const;
  /// A stream's data with its filters undone; only FlateDecode with its predictors is known.
  std::string decoded(const PdfObject& object, std::size_t section = 0) const;

  /// The section whose "startxref <offset> %%EOF" ends exactly at `end` (with or without its end of
  /// line); nullopt when no revision ends there.
  std::optional<std::size_t> sectionEndingAt(std::size_t end) const;

 private:
  struct ObjectStream;
  void readChain(std::size_t base);
  XrefSection readSection(std::size_t offset) const;
  XrefSection readTable(std::size_t offset) const;
  XrefSection readStream(std::size_t offset) const;
  PdfObject plainObject(std::size_t offset, std::size_t section) const;
  const ObjectStream& objectStream(std::uint32_t number, std::size_t section) const;

  void indexSections();

  std::string_view bytes_;
  std::size_t base_ = 0;
  std::vector<XrefSection> sections_;
  /// Of a file of many revisions: the sections that mention object n are mentions_[starts_[n]] up
  /// to mentions_[starts_[n + 1]], newest first. Empty: few enough to be looked through.
  std::vector<std::uint32_t> starts_, mentions_;
  std::size_t end_ = 0;
  std::uint32_t nextNumber_ = 1;
  mutable std::map<std::size_t, std::shared_ptr<const ObjectStream>> objectStreams_;
  mutable std::size_t decodedTotal_ = 0, keptTotal_ = 0;
  mutable int nesting_ = 0;
};

}  // namespace sohoa
