#include "pdf/structure/revisions.h"

#include <algorithm>

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

void sortRuns(std::vector<XrefSection::Run>& runs, std::size_t offset) {
  std::erase_if(runs, [](const auto& run) { return run.entries.empty(); });
  std::sort(runs.begin(), runs.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < runs.size(); ++i) {
    if (runs[i].first < runs[i - 1].first + runs[i - 1].entries.size()) {
      throw PdfSyntaxError("cross-reference section names an object twice", offset);
    }
  }
}

bool allDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::uint64_t decimal(std::string_view digits) {
  std::uint64_t value = 0;
  for (char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value;
}

}  // namespace

XrefSection PdfRevisions::readSection(std::size_t offset) const {
  if (offset >= bytes_.size()) {
    throw PdfSyntaxError("startxref or /Prev points behind the end of the file", offset);
  }
  return bytes_.substr(offset, 4) == "xref" ? readTable(offset) : readStream(offset);
}

XrefSection PdfRevisions::readTable(std::size_t offset) const {
  XrefSection section;
  section.offset = offset;
  PdfLexer lexer(bytes_, offset);
  lexer.requireKeyword("xref");
  while (!lexer.keyword("trailer")) {
    XrefSection::Run run;
    const std::uint64_t first = lexer.unsignedInteger(), count = lexer.unsignedInteger();
    lexer.skipSpace();
    std::size_t at = lexer.at();
    // 7.5.4: exactly 20 bytes, nnnnnnnnnn ggggg n eol. Small generators end a row by one character:
    // then every row of the subsection must.
    const std::string_view end = bytes_.substr(std::min(at + 18, bytes_.size()), 2);
    const bool oneByteEnd = !end.empty() && (end[0] == '\n' || end[0] == '\r') && end != "\r\n";
    const std::size_t length = oneByteEnd ? 19 : 20;
    if (first > kMaxObjectNumber || count > (bytes_.size() - at) / length) {
      throw PdfSyntaxError("malformed cross-reference subsection", at);
    }
    run.first = static_cast<std::uint32_t>(first);
    run.entries.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i, at += length) {
      const std::string_view row = bytes_.substr(at, length);
      const std::string_view eol = row.substr(18);
      if (!allDigits(row.substr(0, 10)) || row[10] != ' ' || !allDigits(row.substr(11, 5)) ||
          row[16] != ' ' || (row[17] != 'n' && row[17] != 'f') ||
          (oneByteEnd ? eol != end.substr(0, 1) : eol != " \n" && eol != " \r" && eol != "\r\n")) {
        throw PdfSyntaxError("malformed cross-reference entry", at);
      }
      XrefEntry entry;
      entry.place = decimal(row.substr(0, 10));
      entry.generation = static_cast<std::uint32_t>(decimal(row.substr(11, 5)));
      entry.kind =
          row[17] == 'n' && entry.place != 0 ? XrefEntry::Kind::plain : XrefEntry::Kind::free;
      if (entry.kind == XrefEntry::Kind::plain) entry.place += base_;
      run.entries.push_back(entry);
    }
    section.runs.push_back(std::move(run));
    lexer = PdfLexer(bytes_, at);
  }
  sortRuns(section.runs, offset);
  section.trailer = lexer.value();
  if (!section.trailer.is(Kind::dictionary)) throw PdfSyntaxError("malformed trailer", lexer.at());
  if (section.trailer.duplicate) throw PdfSyntaxError("trailer gives a key twice", lexer.at());
  if (const PdfValue* hybrid = section.trailer.find("XRefStm")) {
    const std::int64_t place = integerOf(hybrid, -1);
    if (place <= 0 || static_cast<std::size_t>(place) >= bytes_.size()) {
      throw PdfSyntaxError("malformed /XRefStm", offset);
    }
    section.hybridOffset = static_cast<std::size_t>(place) + base_;
    section.hybridRuns = readStream(section.hybridOffset).runs;
  }
  return section;
}

XrefSection PdfRevisions::readStream(std::size_t offset) const {
  const PdfObject object = plainObject(offset, sections_.size());
  const PdfValue* type = object.value.find("Type");
  if (!object.hasStream || type == nullptr || !type->isName("XRef") || object.value.duplicate) {
    throw PdfSyntaxError("no cross-reference section here", offset);
  }
  XrefSection section;
  section.offset = offset;
  section.stream = true;
  section.trailer = object.value;
  const std::string data = decoded(object, sections_.size());

  const PdfValue* w = object.value.find("W");
  std::size_t widths[3] = {};
  if (w == nullptr || w->items.size() != 3) throw PdfSyntaxError("malformed /W", offset);
  for (std::size_t i = 0; i < 3; ++i) {
    if (!w->items[i].is(Kind::integer) || w->items[i].integer < 0 || w->items[i].integer > 8) {
      throw PdfSyntaxError("malformed /W", offset);
    }
    widths[i] = static_cast<std::size_t>(w->items[i].integer);
  }
  const std::size_t row = widths[0] + widths[1] + widths[2];
  std::vector<PdfValue> index;
  if (const PdfValue* given = object.value.find("Index")) {
    index = given->items;
  } else {
    index = {PdfValue::ofInteger(0), PdfValue::ofInteger(integerOf(object.value.find("Size"), -1))};
  }
  if (row == 0 || index.size() % 2 != 0) throw PdfSyntaxError("malformed /Index", offset);
  std::size_t at = 0;
  const auto field = [&](std::size_t width, std::uint64_t otherwise) {
    if (width == 0) return otherwise;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      value = value << 8 | static_cast<unsigned char>(data[at++]);
    }
    return value;
  };
  for (std::size_t i = 0; i < index.size(); i += 2) {
    const std::int64_t first = integerOf(&index[i], -1), count = integerOf(&index[i + 1], -1);
    if (first < 0 || first > kMaxObjectNumber || count < 0 ||
        static_cast<std::uint64_t>(count) > (data.size() - at) / row) {
      throw PdfSyntaxError("malformed /Index", offset);
    }
    XrefSection::Run run;
    run.first = static_cast<std::uint32_t>(first);
    run.entries.reserve(static_cast<std::size_t>(count));
    for (std::int64_t n = 0; n < count; ++n) {
      const std::uint64_t type1 = field(widths[0], 1);
      XrefEntry entry;
      entry.place = field(widths[1], 0);
      const std::uint64_t third = field(widths[2], 0);
      if (third > 0xffffffff) throw PdfSyntaxError("malformed cross-reference entry", offset);
      entry.generation = static_cast<std::uint32_t>(third);
      if (type1 == 1 && entry.place != 0) {
        entry.kind = XrefEntry::Kind::plain;
        entry.place += base_;
      }
      if (type1 == 2) entry.kind = XrefEntry::Kind::compressed;
      run.entries.push_back(entry);
    }
    section.runs.push_back(std::move(run));
  }
  sortRuns(section.runs, offset);
  return section;
}

}  // namespace sohoa
