#include "pdf/changes/update_bytes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/texts/text.h"
#include "pdf/changes/object_roles.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr std::size_t kMaxObjects = 400'000;
constexpr std::size_t kMaxNamed = 20;

/// One DER value of a SEQUENCE that fills the bytes exactly (X.690, 8.1.3 and 10.1).
bool isOneDerSequence(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.size() < 2 || at(0) != 0x30) return false;
  if (at(1) < 0x80) return bytes.size() == 2u + at(1);
  const std::size_t count = at(1) & 0x7fu;
  if (count == 0 || count > 4 || bytes.size() < 2 + count) return false;
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | at(2 + i);
  return bytes.size() == 2 + count + length;
}

class UpdateReader {
 public:
  UpdateReader(const PdfRevisions& file, std::size_t section, std::size_t begin)
      : file_(file), bytes_(file.bytes()), signed_(section), begin_(begin) {}

  std::vector<DocumentChange> read() {
    for (std::size_t i = signed_; i-- > 0;) readEntries(i);
    walk();
    findHiddenSyntax();
    if (!file_.isEncrypted()) {
      for (std::size_t i = signed_; i-- > 0;) checkStore(i);
    }
    return std::move(found_);
  }

 private:
  void forbid(const char* words, const std::string& where) {
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const DocumentChange& change) {
      return change.words == std::string_view(words) && change.where == where;
    });
    if (!known && found_.size() < kMaxNamed) found_.push_back({false, words, where});
  }
  static std::string object(std::uint32_t number) { return "object " + std::to_string(number); }
  static std::string byte(std::size_t at) { return "byte " + std::to_string(at); }

  /// Every entry of one section against what is there.
  void readEntries(std::size_t i) {
    const XrefSection& section = file_.sections()[i];
    // 7.5.5 asks for one more than the highest number. Poppler writes 1, others leave room: readers
    // pass over that. What is no number of objects at all makes them look for the objects
    // themselves.
    const std::int64_t size = integerOf(section.trailer.find("Size"), -1);
    if (size < 1 || size > kMaxObjectNumber + 1) {
      forbid(textId("the cross-reference is not true"), "trailer /Size");
    }
    for (const auto* runs : {&section.runs, &section.hybridRuns}) {
      for (const auto& run : *runs) {
        for (std::size_t k = 0; k < run.entries.size(); ++k) {
          readEntry(i, run.first + static_cast<std::uint32_t>(k), run.entries[k]);
        }
      }
    }
  }

  void readEntry(std::size_t i, std::uint32_t number, const XrefEntry& entry) {
    if (++objects_ > kMaxObjects) throw PdfSyntaxError("too much to compare", 0);
    if (entry.kind == XrefEntry::Kind::free) return;
    if (number == 0) return forbid(textId("the cross-reference is not true"), object(number));
    // Said before and not looked into: whoever signed has seen it.
    if (file_.entry(number, signed_) == entry) return;
    try {
      const bool plain = entry.kind == XrefEntry::Kind::plain;
      const PdfObject it = file_.object({number, plain ? entry.generation : 0}, i);
      if (it.entry != entry)
        return forbid(textId("the cross-reference is not true"), object(number));
      if (plain) keep(it.begin, it, i);
      if (plain && it.value.reference.number != number) {
        return forbid(textId("the cross-reference is not true"), object(number));
      }
      checkReferences(it.value, number, i);
    } catch (const PdfSyntaxError&) {
      forbid(textId("the cross-reference is not true"), object(number));
    }
  }

  void keep(std::size_t begin, const PdfObject& object, std::size_t section) {
    std::size_t at = begin;
    while (at < bytes_.size() && isPdfSpace(bytes_[at])) ++at;
    ends_[at] = object.end;
    const PdfValue* type = object.value.find("Type");
    if (object.hasStream && type != nullptr && type->isName("ObjStm")) {
      readObjectStream(object, section);
    }
  }

  /// What an object stream holds must be named, or a reader that repairs the file would find it.
  void readObjectStream(const PdfObject& stream, std::size_t section) {
    const std::string data = file_.decoded(stream, section);
    const std::int64_t count = integerOf(stream.value.find("N"), 0);
    PdfLexer header(data, 0);
    for (std::int64_t i = 0; i < count; ++i) {
      const std::uint64_t number = header.unsignedInteger();
      header.unsignedInteger();
      if (++objects_ > kMaxObjects) throw PdfSyntaxError("too much to compare", 0);
      const auto entry = file_.entry(static_cast<std::uint32_t>(number), section);
      const bool named = number <= kMaxObjectNumber && entry &&
                         entry->kind == XrefEntry::Kind::compressed &&
                         entry->place == stream.value.reference.number &&
                         entry->generation == static_cast<std::uint64_t>(i);
      if (!named) {
        forbid(textId("an object is hidden that no cross-reference names"),
               object(static_cast<std::uint32_t>(number)));
      }
    }
  }

  /// References of a new object that lead nowhere, and led nowhere new before.
  void checkReferences(const PdfValue& value, std::uint32_t number, std::size_t i) {
    std::vector<std::uint32_t> now, before;
    collectReferences(value, now);
    std::optional<bool> read;
    for (const std::uint32_t to : now) {
      if (exists(to, i)) continue;
      if (!read) collectReferences(objectAt(file_, number, signed_).value, before);
      read = true;
      if (std::find(before.begin(), before.end(), to) != before.end()) continue;
      forbid(textId("a reference leads to an object that does not exist"), object(number));
    }
  }

  bool exists(std::uint32_t number, std::size_t section) const {
    const auto entry = file_.entry(number, section);
    return entry && entry->kind != XrefEntry::Kind::free;
  }

  /// Goes through the bytes from the end of the signed revision to the end of the file.
  void walk() {
    std::map<std::size_t, std::size_t> sections;  // offset: where the section ends
    std::set<std::size_t> offsets;
    for (std::size_t i = 0; i < signed_; ++i) {
      const XrefSection& section = file_.sections()[i];
      offsets.insert(section.offset);
      if (!section.stream) sections[section.offset] = section.trailer.end;
      for (const std::size_t stream : {section.stream ? section.offset : 0, section.hybridOffset}) {
        if (stream != 0 && !ends_.contains(stream)) keepUnnamedStream(stream);
      }
    }
    std::size_t at = begin_;
    while (at < bytes_.size()) {
      if (isPdfSpace(bytes_[at])) {
        ++at;
      } else if (bytes_[at] == '%') {
        at = std::min(bytes_.find_first_of("\r\n", at), bytes_.size());
      } else if (const auto object = ends_.find(at); object != ends_.end()) {
        headers_.insert(at);
        at = object->second;
      } else if (const auto table = sections.find(at); table != sections.end()) {
        trailers_.insert(bytes_.rfind("trailer", table->second));
        at = table->second;
      } else if (bytes_.substr(at, 9) == "startxref") {
        at = readTail(at, offsets);
      } else {
        return forbid(textId("bytes stand behind the signed part that nothing names"), byte(at));
      }
      if (at == 0) return;  // said already
    }
  }

  /// A cross-reference stream need not list itself.
  void keepUnnamedStream(std::size_t offset) {
    try {
      PdfLexer lexer(bytes_, offset);
      lexer.unsignedInteger();
      lexer.unsignedInteger();
      lexer.requireKeyword("obj");
      lexer.value();
      const std::size_t end = bytes_.find("endobj", lexer.at());
      if (end != std::string_view::npos) ends_[offset] = end + std::string_view("endobj").size();
    } catch (const PdfSyntaxError&) {
      forbid(textId("the cross-reference is not true"), byte(offset));
    }
  }

  /// "startxref <offset>" of a section; returns where it ends, 0 when it leads elsewhere.
  std::size_t readTail(std::size_t at, const std::set<std::size_t>& offsets) {
    tails_.insert(at);
    try {
      PdfLexer lexer(bytes_, at + 9);
      const std::uint64_t offset = lexer.unsignedInteger() + file_.base();
      if (offsets.contains(static_cast<std::size_t>(offset)) && ++tailsOf_[offset] == 1) {
        return lexer.at();
      }
    } catch (const PdfSyntaxError&) {
    }
    forbid(textId("bytes stand behind the signed part that nothing names"), byte(at));
    return 0;
  }

  /// What readers that repair files take for an object or a trailer wherever it stands.
  void findHiddenSyntax() {
    for (std::size_t at = bytes_.find("obj", begin_); at != std::string_view::npos;
         at = bytes_.find("obj", at + 3)) {
      if (const auto header = headerBefore(at); header && !headers_.contains(*header)) {
        return forbid(textId("an object is hidden that no cross-reference names"), byte(*header));
      }
    }
    for (std::size_t at = bytes_.find("trailer", begin_); at != std::string_view::npos;
         at = bytes_.find("trailer", at + 7)) {
      std::size_t next = at + 7;
      while (next < bytes_.size() && isPdfSpace(bytes_[next])) ++next;
      if (bytes_.substr(next, 2) == "<<" && !trailers_.contains(at)) {
        return forbid(textId("an object is hidden that no cross-reference names"), byte(at));
      }
    }
    for (std::size_t at = bytes_.find("startxref", begin_); at != std::string_view::npos;
         at = bytes_.find("startxref", at + 9)) {
      if (!tails_.contains(at)) {
        return forbid(textId("an object is hidden that no cross-reference names"), byte(at));
      }
    }
  }

  /// Where "12 0 " begins that ends at `at`; nullopt when no such numbers stand there.
  std::optional<std::size_t> headerBefore(std::size_t at) const {
    const auto digit = [&](std::size_t i) { return bytes_[i] >= '0' && bytes_[i] <= '9'; };
    std::size_t i = at;
    for (int number = 0; number < 2; ++number) {
      const std::size_t behind = i;
      while (i > begin_ && isPdfSpace(bytes_[i - 1])) --i;
      if (i == behind && number > 0) return std::nullopt;
      const std::size_t end = i;
      while (i > begin_ && end - i < 20 && digit(i - 1)) --i;
      if (i == end) return std::nullopt;
    }
    return i;
  }

  /// Streams of the security store are what they claim to be.
  void checkStore(std::size_t section) {
    const PdfValue store = file_.get(file_.catalog(section), "DSS", section);
    checkMaterial(store, {"Certs", "OCSPs", "CRLs"}, section);
    for (const auto& [key, value] : file_.get(store, "VRI", section).entries) {
      checkMaterial(file_.resolve(value, section), {"Cert", "OCSP", "CRL"}, section);
    }
  }

  void checkMaterial(const PdfValue& holder, std::initializer_list<const char*> keys,
                     std::size_t section) {
    for (const char* key : keys) {
      for (const PdfValue& item : file_.get(holder, key, section).items) {
        if (!item.is(Kind::reference) || exists(item.reference.number, signed_) ||
            !checked_.insert(item.reference.number).second) {
          continue;
        }
        bool der = false;
        try {
          const PdfObject stream = file_.object(item.reference, section);
          der = stream.hasStream && isOneDerSequence(file_.decoded(stream, section));
        } catch (const PdfSyntaxError&) {
        }
        if (!der) {
          forbid(textId("archive material is not what it claims to be"),
                 object(item.reference.number));
        }
      }
    }
  }

  const PdfRevisions& file_;
  std::string_view bytes_;
  std::size_t signed_, begin_;
  std::map<std::size_t, std::size_t> ends_;  ///< of objects behind the signed revision, by begin
  std::set<std::size_t> headers_, trailers_, tails_;
  std::map<std::uint64_t, int> tailsOf_;
  std::set<std::uint32_t> checked_;
  std::size_t objects_ = 0;
  std::vector<DocumentChange> found_;
};

}  // namespace

std::vector<DocumentChange> unaccountedBytes(const PdfRevisions& file, std::size_t section,
                                             std::size_t begin) {
  return UpdateReader(file, section, begin).read();
}

}  // namespace sohoa
