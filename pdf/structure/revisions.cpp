#include "pdf/structure/revisions.h"

#include <algorithm>
#include <set>

#include "pdf/structure/stream_filter.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

// An honest file stays far below these; a hostile one is refused at them.
constexpr std::size_t kMaxSections = 4096;
constexpr std::size_t kMaxDecoded = 64u << 20;
// Of object streams, which are kept; and of all streams, which cost time alone.
constexpr std::size_t kMaxKept = 96u << 20, kMaxDecodedTotal = std::size_t{2} << 30;
// Of all sections together: 64 MB.
constexpr std::size_t kMaxEntries = 4'000'000;
constexpr int kMaxNesting = 8;
constexpr std::size_t kHeaderWithin = 1024;

const XrefEntry* findIn(const std::vector<XrefSection::Run>& runs, std::uint32_t number) {
  auto run = std::upper_bound(runs.begin(), runs.end(), number,
                              [](std::uint32_t n, const auto& r) { return n < r.first; });
  if (run == runs.begin()) return nullptr;
  --run;
  const std::size_t index = number - run->first;
  return index < run->entries.size() ? &run->entries[index] : nullptr;
}

/// What may stand between %%EOF and the end of a revision.
std::size_t endOfLineLength(std::string_view bytes, std::size_t at) {
  if (bytes.substr(std::min(at, bytes.size()), 2) == "\r\n") return 2;
  return at < bytes.size() && (bytes[at] == '\n' || bytes[at] == '\r') ? 1 : 0;
}

struct Tail {
  std::size_t startxref = 0;
  std::size_t end = 0;  ///< after %%EOF
};

/// Reads "startxref <offset> %%EOF" where the keyword stands at `at`.
std::optional<Tail> readTail(std::string_view bytes, std::size_t at) {
  PdfLexer lexer(bytes, at + std::string_view("startxref").size());
  Tail tail;
  try {
    tail.startxref = lexer.unsignedInteger();
  } catch (const PdfSyntaxError&) {
    return std::nullopt;
  }
  std::size_t next = lexer.at();
  while (next < bytes.size() && isPdfSpace(bytes[next])) ++next;
  if (bytes.substr(std::min(next, bytes.size()), 5) != "%%EOF") return std::nullopt;
  tail.end = next + 5;
  return tail;
}

class Nesting {
 public:
  explicit Nesting(int& depth) : depth_(depth) { ++depth_; }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  int& depth_;
};

}  // namespace

struct PdfRevisions::ObjectStream {
  std::string data;
  std::vector<std::pair<std::uint32_t, std::size_t>> objects;  ///< number, offset in data
};

PdfRevisions::PdfRevisions(std::string_view bytes) : bytes_(bytes) {
  const std::size_t header = bytes.substr(0, kHeaderWithin).find("%PDF-");
  if (header == std::string_view::npos) throw PdfSyntaxError("no PDF header", 0);
  if (header == 0) {
    readChain(0);
    return;
  }
  // Bytes before the header (a byte order mark, a printer's commands): Acrobat accepts them within
  // 1,024 bytes. Offsets count from the header or from the file's begin; when both could be meant,
  // two readers would see two documents.
  const auto canBeRead = [&](std::size_t base) {
    try {
      readChain(base);
      catalog();
      return true;
    } catch (const PdfSyntaxError&) {
      return false;
    }
  };
  const bool fromBegin = canBeRead(0), fromHeader = canBeRead(header);
  if (fromBegin == fromHeader) throw PdfSyntaxError("bytes before the PDF header", 0);
  readChain(fromHeader ? header : 0);
}

void PdfRevisions::readChain(std::size_t base) {
  base_ = base;
  sections_.clear();
  objectStreams_.clear();
  starts_.clear();
  mentions_.clear();
  nextNumber_ = 1;
  const std::string_view bytes = bytes_;
  const std::size_t window = bytes.size() > 1024 ? bytes.size() - 1024 : 0;
  const std::size_t at = bytes.rfind("startxref");
  if (at == std::string_view::npos || at < window) {
    throw PdfSyntaxError("no startxref at the end of the file", bytes.size());
  }
  const auto tail = readTail(bytes, at);
  if (!tail) throw PdfSyntaxError("malformed end of file", at);
  end_ = tail->end + endOfLineLength(bytes, tail->end);

  std::set<std::size_t> seen;
  std::size_t total = 0;
  for (std::optional<std::size_t> next = tail->startxref + base_; next;) {
    if (!seen.insert(*next).second) {
      throw PdfSyntaxError("cross-reference sections run in a circle", *next);
    }
    if (sections_.size() >= kMaxSections) throw PdfSyntaxError("too many revisions", *next);
    sections_.push_back(readSection(*next));
    const XrefSection& section = sections_.back();
    for (const auto* runs : {&section.runs, &section.hybridRuns}) {
      for (const auto& run : *runs) {
        total += run.entries.size();
        const std::size_t past = run.first + run.entries.size();
        if (past > kMaxObjectNumber + 1u || total > kMaxEntries) {
          throw PdfSyntaxError("too many objects", section.offset);
        }
        nextNumber_ = std::max(nextNumber_, static_cast<std::uint32_t>(past));
      }
    }
    const PdfValue* previous = section.trailer.find("Prev");
    next.reset();
    if (previous != nullptr) {
      if (!previous->is(Kind::integer) || previous->integer < 0) {
        throw PdfSyntaxError("malformed /Prev", section.offset);
      }
      // No section can stand at 0: the header does. Some writers mean "none" by it.
      if (previous->integer != 0) next = static_cast<std::size_t>(previous->integer) + base_;
    }
  }
  indexSections();
  const PdfValue* size = trailer().find("Size");
  if (size != nullptr && size->is(Kind::integer) && size->integer > nextNumber_ &&
      size->integer <= kMaxObjectNumber) {
    nextNumber_ = static_cast<std::uint32_t>(size->integer);
  }
}

void PdfRevisions::indexSections() {
  constexpr std::size_t kFew = 8;
  if (sections_.size() <= kFew) return;
  const auto forEntries = [this](auto&& visit) {
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      for (const auto* runs : {&sections_[i].runs, &sections_[i].hybridRuns}) {
        for (const auto& run : *runs) {
          for (std::size_t k = 0; k < run.entries.size(); ++k) visit(run.first + k, i);
        }
      }
    }
  };
  std::vector<std::uint32_t> starts(nextNumber_ + std::size_t{2});
  forEntries([&](std::size_t number, std::size_t) { ++starts[number + 2]; });
  for (std::size_t n = 2; n < starts.size(); ++n) starts[n] += starts[n - 1];
  mentions_.resize(starts.back());
  // starts[n + 1] moves from the beginning of n's mentions to their end, which is where it belongs.
  forEntries([&](std::size_t number, std::size_t section) {
    mentions_[starts[number + 1]++] = static_cast<std::uint32_t>(section);
  });
  starts_ = std::move(starts);
}

std::optional<XrefEntry> PdfRevisions::entry(std::uint32_t number, std::size_t section) const {
  const auto in = [number](const XrefSection& mentioned) -> std::optional<XrefEntry> {
    const XrefEntry* inTable = findIn(mentioned.runs, number);
    if (inTable != nullptr && inTable->kind != XrefEntry::Kind::free) return *inTable;
    // 7.5.8.4: what a hybrid file hides as free in its table, its stream shows.
    if (const XrefEntry* hidden = findIn(mentioned.hybridRuns, number)) return *hidden;
    if (inTable != nullptr) return *inTable;
    return std::nullopt;
  };
  if (starts_.empty()) {
    for (std::size_t i = section; i < sections_.size(); ++i) {
      if (auto found = in(sections_[i])) return found;
    }
    return std::nullopt;
  }
  if (number + std::size_t{1} >= starts_.size()) return std::nullopt;
  const auto end = mentions_.begin() + starts_[number + std::size_t{1}];
  const auto first = std::lower_bound(mentions_.begin() + starts_[number], end, section);
  return first == end ? std::nullopt : in(sections_[*first]);
}

PdfObject PdfRevisions::plainObject(std::size_t offset, std::size_t section) const {
  PdfLexer lexer(bytes_, offset);
  PdfObject object;
  object.begin = offset;
  object.entry.kind = XrefEntry::Kind::plain;
  object.entry.place = offset;
  // Many honest writers point at the end of line before the object; every reader skips it.
  if (bytes_.substr(std::min(offset, bytes_.size()), 1) == "%") {
    throw PdfSyntaxError("no object where the cross-reference says", offset);
  }
  const std::uint64_t number = lexer.unsignedInteger(), generation = lexer.unsignedInteger();
  lexer.requireKeyword("obj");
  if (number > kMaxObjectNumber || generation > 65535)
    throw PdfSyntaxError("malformed object", offset);
  object.value = lexer.value();
  if (object.value.is(Kind::reference)) throw PdfSyntaxError("object is a bare reference", offset);
  object.value.reference = {static_cast<std::uint32_t>(number),
                            static_cast<std::uint32_t>(generation)};
  if (object.value.is(Kind::dictionary) && lexer.keyword("stream")) {
    std::size_t at = lexer.at();
    if (bytes_.substr(at, 2) == "\r\n") {
      at += 2;
    } else if (at < bytes_.size() && bytes_[at] == '\n') {
      at += 1;
    } else {
      throw PdfSyntaxError("malformed start of a stream", at);
    }
    const PdfValue* given = object.value.find("Length");
    PdfValue length;
    if (given != nullptr && section < sections_.size()) {
      length = resolve(*given, section);
    } else if (given != nullptr) {
      length = *given;
    }
    if (!length.is(Kind::integer) || length.integer < 0 ||
        static_cast<std::uint64_t>(length.integer) > bytes_.size() - at) {
      throw PdfSyntaxError("malformed /Length", offset);
    }
    object.hasStream = true;
    object.streamData = bytes_.substr(at, static_cast<std::size_t>(length.integer));
    std::size_t behind = at + object.streamData.size();
    while (behind < bytes_.size() && isPdfSpace(bytes_[behind])) ++behind;
    // A comment here would be data for readers that look for the keyword.
    if (bytes_.substr(behind, 9) != "endstream") throw PdfSyntaxError("expected endstream", behind);
    lexer = PdfLexer(bytes_, behind);
    lexer.requireKeyword("endstream");
  }
  lexer.requireKeyword("endobj");
  object.end = lexer.at();
  return object;
}

PdfObject PdfRevisions::object(PdfRef reference, std::size_t section) const {
  const auto found = entry(reference.number, section);
  if (!found || found->kind == XrefEntry::Kind::free) return {};
  // An object needs others only for a stream's /Length and for its object stream.
  const Nesting nesting(nesting_);
  if (nesting_ > kMaxNesting) throw PdfSyntaxError("objects that need each other", 0);
  if (found->kind == XrefEntry::Kind::plain) {
    if (found->generation != reference.generation) return {};
    PdfObject object = plainObject(static_cast<std::size_t>(found->place), section);
    if (object.value.reference != reference) {
      throw PdfSyntaxError("the cross-reference leads to another object",
                           static_cast<std::size_t>(found->place));
    }
    object.entry = *found;
    return object;
  }
  if (reference.generation != 0) return {};
  const ObjectStream& stream = objectStream(static_cast<std::uint32_t>(found->place), section);
  if (found->generation >= stream.objects.size() ||
      stream.objects[found->generation].first != reference.number) {
    throw PdfSyntaxError("object stream does not hold the object", 0);
  }
  PdfObject object;
  object.entry = *found;
  object.value = PdfLexer(stream.data, stream.objects[found->generation].second).value();
  if (object.value.is(Kind::reference)) throw PdfSyntaxError("object is a bare reference", 0);
  object.value.reference = reference;
  return object;
}

const PdfRevisions::ObjectStream& PdfRevisions::objectStream(std::uint32_t number,
                                                             std::size_t section) const {
  const auto where = entry(number, section);
  if (!where || where->kind != XrefEntry::Kind::plain) {
    throw PdfSyntaxError("object stream is missing", 0);
  }
  auto& cached = objectStreams_[static_cast<std::size_t>(where->place)];
  if (cached) return *cached;
  if (isEncrypted()) throw PdfSyntaxError("object stream of an encrypted file", 0);
  const PdfObject object = this->object({number, where->generation}, section);
  const PdfValue* type = object.value.find("Type");
  const std::int64_t count = integerOf(object.value.find("N"), -1);
  const std::int64_t first = integerOf(object.value.find("First"), -1);
  if (!object.hasStream || type == nullptr || !type->isName("ObjStm") || count < 0 || first < 0) {
    throw PdfSyntaxError("malformed object stream", object.begin);
  }
  auto made = std::make_shared<ObjectStream>();
  made->data = decoded(object, section);
  keptTotal_ += made->data.size();
  if (keptTotal_ > kMaxKept) throw PdfSyntaxError("file expands too much", object.begin);
  if (static_cast<std::uint64_t>(first) > made->data.size() ||
      static_cast<std::uint64_t>(count) > made->data.size()) {
    throw PdfSyntaxError("malformed object stream", object.begin);
  }
  PdfLexer header(std::string_view(made->data).substr(0, static_cast<std::size_t>(first)), 0);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::uint64_t name = header.unsignedInteger(), at = header.unsignedInteger();
    if (name > kMaxObjectNumber || at > made->data.size()) {
      throw PdfSyntaxError("malformed object stream", object.begin);
    }
    made->objects.emplace_back(static_cast<std::uint32_t>(name),
                               static_cast<std::size_t>(first) + static_cast<std::size_t>(at));
  }
  // Some readers go by the index, others by the first of that number.
  std::vector<std::uint32_t> numbers;
  numbers.reserve(made->objects.size());
  for (const auto& [name, at] : made->objects) numbers.push_back(name);
  std::sort(numbers.begin(), numbers.end());
  if (std::adjacent_find(numbers.begin(), numbers.end()) != numbers.end()) {
    throw PdfSyntaxError("object stream holds an object twice", object.begin);
  }
  cached = std::move(made);
  return *cached;
}

PdfValue PdfRevisions::resolve(const PdfValue& value, std::size_t section) const {
  if (!value.is(Kind::reference)) return value;
  return std::move(object(value.reference, section).value);
}

PdfValue PdfRevisions::get(const PdfValue& dictionary, std::string_view key,
                           std::size_t section) const {
  const PdfValue* value = dictionary.find(key);
  return value != nullptr ? resolve(*value, section) : PdfValue{};
}

PdfValue PdfRevisions::catalog(std::size_t section) const {
  PdfValue root = get(trailer(section), "Root", section);
  if (!root.is(Kind::dictionary)) throw PdfSyntaxError("no document catalog", startxref());
  return root;
}

std::string PdfRevisions::decoded(const PdfObject& object, std::size_t section) const {
  const auto fetch = [&](const PdfValue& from, std::string_view key) {
    const PdfValue* value = from.find(key);
    if (value == nullptr) return PdfValue{};
    return section < sections_.size() ? resolve(*value, section) : *value;
  };
  PdfValue filter = fetch(object.value, "Filter"), parameters = fetch(object.value, "DecodeParms");
  if (filter.is(Kind::array)) {
    if (filter.items.size() > 1) throw PdfSyntaxError("unsupported filter", object.begin);
    const PdfValue one = filter.items.empty() ? PdfValue{} : filter.items.front();
    const PdfValue oneParameter = parameters.items.empty() ? PdfValue{} : parameters.items.front();
    filter = one;
    parameters = oneParameter;
  }
  if (filter.is(Kind::null)) return std::string(object.streamData);
  if (!filter.isName("FlateDecode")) throw PdfSyntaxError("unsupported filter", object.begin);
  std::string data = inflateBytes(object.streamData, kMaxDecoded);
  decodedTotal_ += data.size();
  if (decodedTotal_ > kMaxDecodedTotal) throw PdfSyntaxError("file expands too much", object.begin);
  const std::int64_t predictor = integerOf(parameters.find("Predictor"), 1);
  if (predictor == 1) return data;
  const std::int64_t colours = integerOf(parameters.find("Colors"), 1);
  const std::int64_t bits = integerOf(parameters.find("BitsPerComponent"), 8);
  const std::int64_t columns = integerOf(parameters.find("Columns"), 1);
  if (predictor < 10 || predictor > 15 || colours < 1 || colours > 4 || bits != 8 || columns < 1 ||
      columns > (1 << 20)) {
    throw PdfSyntaxError("unsupported predictor", object.begin);
  }
  return undoPngPredictor(data, static_cast<std::size_t>(colours * columns),
                          static_cast<std::size_t>(colours));
}

std::optional<std::size_t> PdfRevisions::sectionEndingAt(std::size_t end) const {
  if (end > bytes_.size()) return std::nullopt;
  const std::string_view signedBytes = bytes_.substr(0, end);
  const std::size_t at = signedBytes.rfind("startxref");
  if (at == std::string_view::npos || end - at > 128) return std::nullopt;
  const auto tail = readTail(signedBytes, at);
  if (!tail || tail->end + endOfLineLength(signedBytes, tail->end) != end) return std::nullopt;
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    if (sections_[i].offset == tail->startxref + base_) return i;
  }
  return std::nullopt;
}

}  // namespace sohoa
