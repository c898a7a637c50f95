#include "pdf/structure/signature_fields.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/wide.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr int kMaxFormDepth = 32;
constexpr std::size_t kMaxFields = 100'000;
constexpr std::size_t kMaxSignatures = 1000;

class FormReader {
 public:
  FormReader(const PdfRevisions& file, std::size_t section) : file_(file), section_(section) {}

  std::vector<SignatureField> read(bool pagesToo) {
    const PdfValue form = file_.get(file_.catalog(section_), "AcroForm", section_);
    if (!form.is(Kind::null)) {
      if (!form.is(Kind::dictionary)) throw PdfSyntaxError("malformed /AcroForm", 0);
      const PdfValue fields = file_.get(form, "Fields", section_);
      for (const PdfValue& field : fields.items) visit(field, "", false, nullptr, 0);
    }
    if (pagesToo) {
      const PdfValue catalog = file_.catalog(section_);
      if (const PdfValue* pages = catalog.find("Pages")) visitPages(*pages, 0);
    }
    return std::move(found_);
  }

 private:
  /// Signature widgets that pages show and the form does not list: poppler forgets it in a form
  /// that is part of the catalogue.
  void visitPages(const PdfValue& item, int depth) {
    if (!item.is(Kind::reference) || !seenPages_.insert(item.reference).second) return;
    if (depth > kMaxFormDepth || seenPages_.size() > kMaxFields) {
      throw PdfSyntaxError("page tree too big or nested too deeply", 0);
    }
    const PdfValue node = file_.resolve(item, section_);
    for (const PdfValue& kid : file_.get(node, "Kids", section_).items) visitPages(kid, depth + 1);
    for (const PdfValue& each : file_.get(node, "Annots", section_).items) {
      if (!each.is(Kind::reference) || listed_.count(each.reference) != 0) continue;
      const PdfValue widget = file_.resolve(each, section_);
      const bool field = widget.find("V") != nullptr && widget.find("Parent") == nullptr &&
                         file_.get(widget, "FT", section_).isName("Sig");
      if (!field) continue;
      visit(each, "", false, nullptr, 0);
      if (!found_.empty()) found_.back().unlisted = true;
    }
  }

  void visit(const PdfValue& item, const std::string& prefix, bool parentIsSignature,
             const PdfValue* parentValue, int depth) {
    if (depth > kMaxFormDepth || ++count_ > kMaxFields) {
      throw PdfSyntaxError("form too big or nested too deeply", 0);
    }
    if (item.is(Kind::reference) && !path_.insert(item.reference).second) {
      throw PdfSyntaxError("form fields run in a circle", 0);
    }
    if (item.is(Kind::reference)) listed_.insert(item.reference);
    const PdfValue field = file_.resolve(item, section_);
    if (field.is(Kind::dictionary)) {
      const PdfValue title = file_.get(field, "T", section_);
      std::string name = prefix;
      if (title.is(Kind::string)) {
        if (!name.empty()) name += '.';
        name += textOfPdfString(title.text);
      }
      const PdfValue type = file_.get(field, "FT", section_);
      const bool signature = type.is(Kind::null) ? parentIsSignature : type.isName("Sig");
      const PdfValue* value = field.find("V");
      if (value == nullptr) value = parentValue;
      bool hasFieldKids = false;
      // Kids with /T are fields; without it they are widgets of this field.
      for (const PdfValue& kid : kidsOf(field)) {
        if (!isField(kid)) continue;
        hasFieldKids = true;
        visit(kid, name, signature, value, depth + 1);
      }
      if (!hasFieldKids && signature) add(item, field, name, value);
    }
    if (item.is(Kind::reference)) path_.erase(item.reference);
  }

  /// Kept small: at every level of a form there are some in memory.
  std::vector<PdfValue> kidsOf(const PdfValue& field) {
    std::vector<PdfValue> kids = std::move(file_.get(field, "Kids", section_).items);
    if (kids.size() > kMaxFields) throw PdfSyntaxError("form too big", 0);
    return kids;
  }

  bool isField(const PdfValue& kid) const {
    const PdfValue read = file_.resolve(kid, section_);
    return read.find("T") != nullptr || read.find("FT") != nullptr || read.find("V") != nullptr ||
           read.find("Kids") != nullptr;
  }

  void add(const PdfValue& item, const PdfValue& field, const std::string& name,
           const PdfValue* value) {
    if (found_.size() >= kMaxSignatures) throw PdfSyntaxError("too many signature fields", 0);
    SignatureField made;
    made.name = name;
    if (item.is(Kind::reference)) made.field = item.reference;
    made.fieldValue = field;
    if (field.duplicate) made.fault = SignatureFault::duplicateKey;
    if (value != nullptr) {
      made.filled = true;
      PdfValue dictionary = *value;
      bool plain = true;
      if (value->is(Kind::reference)) {
        PdfObject object = file_.object(value->reference, section_);
        plain = object.entry.kind == XrefEntry::Kind::plain && !object.hasStream;
        dictionary = std::move(object.value);
      } else {
        // Written inside the field: its place is known only when the field is a plain object.
        const auto entry = file_.entry(made.field.number, section_);
        plain = entry && entry->kind == XrefEntry::Kind::plain;
      }
      // A reference to a free object is a null value: the field is empty (7.3.10).
      if (dictionary.is(Kind::null)) {
        made.filled = false;
      } else if (!plain || !dictionary.is(Kind::dictionary)) {
        made.fault = SignatureFault::notADictionary;
      }
      made.dictionary = std::move(dictionary);
    }
    found_.push_back(std::move(made));
  }

  const PdfRevisions& file_;
  std::size_t section_;
  std::set<PdfRef> path_, listed_, seenPages_;
  std::size_t count_ = 0;
  std::vector<SignatureField> found_;
};

/// Whole octets, without spaces, in capital or in small letters. Nothing protects the spelling of
/// /Contents, so only one is accepted.
bool isOneSpelling(std::string_view hex) {
  const auto has = [&](char first, char last) {
    return std::any_of(hex.begin(), hex.end(), [&](char c) { return first <= c && c <= last; });
  };
  return hex.size() % 2 == 0 && !(has('a', 'f') && has('A', 'F')) &&
         std::none_of(hex.begin(), hex.end(), isPdfSpace);
}

/// Reads /ByteRange and /Contents of one dictionary as they stand in the file.
SignatureFault readRange(const PdfRevisions& file, SignatureField& signature) {
  const PdfValue& dictionary = signature.dictionary;
  if (dictionary.duplicate) return SignatureFault::duplicateKey;
  const PdfValue* contents = dictionary.find("Contents");
  if (contents == nullptr) return SignatureFault::contentsMissing;
  if (!contents->is(Kind::string) || !contents->hex) return SignatureFault::contentsForm;
  signature.contents = contents->text;
  signature.contentsHex =
      file.bytes().substr(contents->begin + 1, contents->end - contents->begin - 2);
  if (!isOneSpelling(signature.contentsHex)) return SignatureFault::contentsForm;
  const PdfValue* range = dictionary.find("ByteRange");
  if (range == nullptr) return SignatureFault::byteRangeMissing;
  if (!range->is(Kind::array) || range->items.size() != 4) {
    // A single pair can be hashed all the same, to say what it would have covered.
    const auto& items = range->items;
    const bool pair = items.size() == 2 && items[0].is(Kind::integer) && items[0].integer == 0 &&
                      items[1].is(Kind::integer) && items[1].integer > 0 &&
                      static_cast<std::uint64_t>(items[1].integer) <= file.bytes().size();
    if (pair) signature.byteRange[1] = static_cast<std::uint64_t>(items[1].integer);
    return pair ? SignatureFault::byteRangePair : SignatureFault::byteRangeForm;
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const PdfValue& item = range->items[i];
    if (!item.is(Kind::integer) || item.integer < 0) return SignatureFault::byteRangeForm;
    signature.byteRange[i] = static_cast<std::uint64_t>(item.integer);
  }
  const auto& [start, first, next, second] = signature.byteRange;
  const std::uint64_t size = file.bytes().size();
  if (start != 0 || first == 0 || second == 0) return SignatureFault::byteRangeForm;
  if (first > size || next > size || second > size - next) return SignatureFault::beyondFile;
  // 12.8.1: the gap is /Contents with its delimiters and nothing else.
  if (first != contents->begin || next != contents->end) return SignatureFault::gap;
  if (signature.contents.empty() ||
      signature.contents.find_first_not_of('\0') == std::string::npos) {
    return SignatureFault::contentsMissing;
  }
  return SignatureFault::none;
}

/// The signed revision must be self-contained, and everything newer must lie behind it.
SignatureFault checkRevision(const PdfRevisions& file, SignatureField& signature) {
  const std::size_t end = signature.byteRange[2] + signature.byteRange[3];
  const auto section = file.sectionEndingAt(end);
  if (!section) return SignatureFault::notARevision;
  signature.section = *section;
  for (std::size_t i = 0; i < file.sections().size(); ++i) {
    const XrefSection& part = file.sections()[i];
    const bool inside = part.offset < end && part.hybridOffset < end;
    const bool outside = part.offset >= end && (part.hybridOffset == 0 || part.hybridOffset >= end);
    if (i < *section ? !outside : !inside) return SignatureFault::revisionReplaced;
    if (i < *section) continue;
    for (const auto* runs : {&part.runs, &part.hybridRuns}) {
      for (const auto& run : *runs) {
        for (const XrefEntry& entry : run.entries) {
          if (entry.kind == XrefEntry::Kind::plain && entry.place >= end) {
            return SignatureFault::revisionReplaced;
          }
        }
      }
    }
  }
  const std::string_view rest = file.bytes().substr(end);
  const bool onlyEndOfLine = rest.empty() || rest == "\n" || rest == "\r" || rest == "\r\n";
  if (*section == 0) {
    if (!onlyEndOfLine) return SignatureFault::notARevision;
    signature.coverage = ByteCoverage::whole;
  } else {
    signature.coverage = ByteCoverage::revision;
  }
  return SignatureFault::none;
}

/// Signed revision and file must show the same field with the same dictionary.
SignatureFault compareWithSigned(const PdfRevisions& file, const SignatureField& signature,
                                 bool pagesToo) {
  if (signature.section == 0) return SignatureFault::none;
  const auto atSigning = FormReader(file, signature.section).read(pagesToo);
  for (const SignatureField& old : atSigning) {
    if (!old.filled || old.name != signature.name || old.field != signature.field) continue;
    if (old.dictionary.begin == signature.dictionary.begin &&
        old.dictionary.reference == signature.dictionary.reference) {
      return SignatureFault::none;
    }
  }
  return SignatureFault::changedSince;
}

constexpr std::string_view kByteRange = "/ByteRange";

/// Whether the key's first two bytes stand somewhere in a block of that length, the second one
/// perhaps behind it. Without a branch, so that the compiler compares many at once.
constexpr std::size_t kBlock = 2048;
SOHOA_WIDE bool mayHoldKey(const char* block) {
  unsigned char found = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    found |=
        static_cast<unsigned char>((block[i] == kByteRange[0]) & (block[i + 1] == kByteRange[1]));
  }
  return found != 0;
}

/// The next /ByteRange from there on. A scan is a megabyte that holds none.
std::size_t nextByteRange(std::string_view bytes, std::size_t from) {
  for (; from + kBlock < bytes.size(); from += kBlock) {
    if (!mayHoldKey(bytes.data() + from)) continue;
    const std::string_view near = bytes.substr(from, kBlock + kByteRange.size() - 1);
    const std::size_t found = near.find(kByteRange);
    if (found != std::string_view::npos) return from + found;
  }
  return bytes.find(kByteRange, from);
}

/// Behind a stream's data, which begins at `at` with the end of line after "stream"; the end of the
/// file when the stream does not say how long it is.
std::size_t endOfStream(const PdfRevisions& file, const PdfValue& dictionary, std::size_t at) {
  constexpr std::size_t kEndOfLine = 2;
  const PdfValue length = file.get(dictionary, "Length");
  const std::size_t rest = file.bytes().size() - std::min(at, file.bytes().size());
  if (!length.is(Kind::integer) || length.integer < 0 ||
      static_cast<std::uint64_t>(length.integer) > rest) {
    return file.bytes().size();
  }
  return at + kEndOfLine + static_cast<std::size_t>(length.integer);
}

/// Dictionaries with a /ByteRange in the bytes that none of the known signatures accounts for.
void addOrphans(const PdfRevisions& file, std::vector<SignatureField>& signatures) {
  const std::string_view bytes = file.bytes();
  std::vector<std::size_t> starts;
  // Starts of the objects met last that hold a stream, and that cannot be read.
  std::size_t lastStream = std::string_view::npos, lastBroken = lastStream;
  for (std::size_t at = nextByteRange(bytes, 0); at != std::string_view::npos;
       at = nextByteRange(bytes, at + 1)) {
    const bool known = std::any_of(signatures.begin(), signatures.end(), [&](const auto& s) {
      return s.filled && at >= s.dictionary.begin && at < s.dictionary.end;
    });
    if (known) continue;
    if (starts.empty()) {
      for (const XrefSection& section : file.sections()) {
        for (const auto* runs : {&section.runs, &section.hybridRuns}) {
          for (const auto& run : *runs) {
            for (const XrefEntry& entry : run.entries) {
              if (entry.kind == XrefEntry::Kind::plain) {
                starts.push_back(static_cast<std::size_t>(entry.place));
              }
            }
          }
        }
      }
      std::sort(starts.begin(), starts.end());
    }
    const auto after = std::upper_bound(starts.begin(), starts.end(), at);
    SignatureField orphan;
    orphan.filled = true;
    orphan.fault = SignatureFault::orphan;
    if (after != starts.begin()) {
      if (*std::prev(after) == lastStream || *std::prev(after) == lastBroken) continue;
      try {
        PdfLexer lexer(bytes, *std::prev(after));
        lexer.unsignedInteger();
        lexer.unsignedInteger();
        lexer.requireKeyword("obj");
        orphan.dictionary = lexer.value();
        // In the data of a stream it is nobody's object: an attached PDF, for example.
        if (at >= orphan.dictionary.end && lexer.keyword("stream") &&
            at < endOfStream(file, orphan.dictionary, lexer.at())) {
          lastStream = *std::prev(after);
          continue;
        }
      } catch (const PdfSyntaxError&) {
        lastBroken = *std::prev(after);
      }
    }
    if (signatures.size() >= kMaxSignatures) throw PdfSyntaxError("too many signatures", at);
    signatures.push_back(std::move(orphan));
    if (signatures.back().dictionary.end <= at) {
      signatures.back().dictionary.begin = at;
      signatures.back().dictionary.end = at + kByteRange.size();
    }
  }
}

void checkTogether(std::vector<SignatureField>& signatures) {
  std::map<std::size_t, int> dictionaries;
  std::map<std::string, int> names;
  for (const SignatureField& s : signatures) {
    if (s.filled && s.fault != SignatureFault::orphan) ++dictionaries[s.dictionary.begin];
    if (s.fault != SignatureFault::orphan) ++names[s.name];
  }
  for (SignatureField& s : signatures) {
    if (!s.filled || s.fault != SignatureFault::none) continue;
    if (dictionaries[s.dictionary.begin] > 1) s.fault = SignatureFault::sharedDictionary;
    if (names[s.name] > 1) s.fault = SignatureFault::sharedName;
    for (const SignatureField& other : signatures) {
      if (&other == &s || !other.filled || other.byteRange[2] == 0) continue;
      // Two gaps that share bytes, or another's gap cut by the end of this range.
      const std::uint64_t end = s.byteRange[2] + s.byteRange[3];
      const bool gapsMeet =
          other.byteRange[1] < s.byteRange[2] && s.byteRange[1] < other.byteRange[2];
      const bool cut = other.byteRange[1] < end && end < other.byteRange[2];
      if (gapsMeet || cut) s.fault = SignatureFault::overlap;
    }
    if (s.fault != SignatureFault::none) s.coverage = ByteCoverage::anomalous;
  }
}

}  // namespace

namespace {

std::vector<SignatureField> readFields(const PdfRevisions& file, bool pagesToo) {
  std::vector<SignatureField> fields = FormReader(file, 0).read(pagesToo);
  for (SignatureField& field : fields) {
    if (!field.filled || field.fault != SignatureFault::none) continue;
    field.fault = readRange(file, field);
    if (field.fault == SignatureFault::none) field.fault = checkRevision(file, field);
    if (field.fault == SignatureFault::none) field.fault = compareWithSigned(file, field, pagesToo);
    if (field.fault != SignatureFault::none) field.coverage = ByteCoverage::anomalous;
  }
  addOrphans(file, fields);
  checkTogether(fields);
  return fields;
}

}  // namespace

std::vector<SignatureField> readSignatureFields(const PdfRevisions& file) {
  std::vector<SignatureField> fields = readFields(file, false);
  const bool orphans = std::any_of(fields.begin(), fields.end(), [](const SignatureField& field) {
    return field.fault == SignatureFault::orphan;
  });
  return orphans ? readFields(file, true) : fields;
}

}  // namespace sohoa
