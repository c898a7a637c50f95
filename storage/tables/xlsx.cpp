#include "storage/tables/xlsx.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>

#include "core/result.h"
#include "storage/tables/xlsx_parts.h"
#include "storage/tables/zip_reader.h"

namespace sohoa {
namespace {

constexpr std::uint64_t kLargestPart = 16u << 20;
constexpr std::uint64_t kLargestSheet = std::uint64_t{8} << 30;
constexpr std::string_view kWorkbook = "xl/workbook.xml";
constexpr int kMostColumns = 16'384, kMostRows = 1'048'576;  // ISO/IEC 29500-1, 18.3.1.73 and .4

[[noreturn]] void refuse(const std::string& why) { throw BatchError(Cause::registerFormat, why); }

/// "1.0042230000000001" is 1.004223: fifteen digits are what a cell shows of a number.
std::string plainNumber(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return text;
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%.15g", value);
  return out.data();
}

/// Column of a reference like "BC12", from 0; -1 when it is none.
int columnOf(std::string_view reference) {
  int column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + (c - 'A' + 1);
    if (column > kMostColumns) return -1;
  }
  return column - 1;
}

}  // namespace

struct XlsxReader::State final : XmlEvents::Handler {
  State(const std::filesystem::path& file, const std::string& sheet, Visit callback)
      : zip(file),
        book(readWorkbook(zip.read(std::string(kWorkbook), kLargestPart), sheet)),
        visit(std::move(callback)),
        events(*this) {
    const auto parts = readRelationships(zip.read("xl/_rels/workbook.xml.rels", kLargestPart));
    const auto place = parts.byId.find(book.sheetId);
    if (place == parts.byId.end()) refuse("a damaged workbook: it lacks its sheet");
    if (!parts.sharedStrings.empty() && zip.has(parts.sharedStrings)) {
      strings.read(zip.open(parts.sharedStrings, kLargestSheet));
    }
    stream.emplace(zip.open(place->second, kLargestSheet));
  }

  void begin(std::string_view name, const XmlEvents::Attributes& attributes) override {
    if (name == "row") {
      const std::string_view number = attributeOf(attributes, "r");
      const int given = number.empty() ? row + 1 : std::atoi(std::string(number).c_str());
      if (given <= 0 || given > kMostRows) refuse("a damaged workbook: row " + std::string(number));
      row = given;
      column = -1;
      used = 0;
      inRow = true;
    } else if (name == "c" && inRow) {
      const std::string_view reference = attributeOf(attributes, "r");
      column = reference.empty() ? column + 1 : columnOf(reference);
      if (column < 0 || column >= kMostColumns)
        refuse("a damaged workbook: cell " + std::string(reference));
      type = attributeOf(attributes, "t");
      value.clear();
    } else if (name == "rPh") {
      ++phonetic;
    } else if (name == "v" || name == "t") {
      inValue = phonetic == 0;
    }
  }
  void text(std::string_view more) override {
    if (!inValue) return;
    if (value.size() + more.size() > kLongestCell) refuse("a cell holds more text than a cell may");
    value += more;
  }
  void end(std::string_view name) override {
    if (name == "v" || name == "t") inValue = false;
    if (name == "rPh") --phonetic;
    if (name == "c" && inRow) put();
    if (name != "row") return;
    inRow = false;
    for (; used < cells.size(); ++used) cells[used].clear();
    visit(cells, row);
  }

  void put() {
    const auto at = static_cast<std::size_t>(column);
    if (cells.size() <= at) cells.resize(at + 1);
    for (; used <= at; ++used) cells[used].clear();  // of the row before
    if (type == "s") {
      cells[at] = strings.at(value);
    } else if (type == "inlineStr" || type == "str") {
      cells[at] = withoutEscapes(value);
    } else {
      cells[at] = type.empty() || type == "n" ? plainNumber(value) : value;
    }
  }

  ZipReader zip;
  Workbook book;
  Visit visit;
  SharedStrings strings;
  std::optional<ZipReader::Stream> stream;
  XmlEvents events;
  std::vector<std::string> cells;
  std::size_t used = 0;  ///< cells that this row has filled
  int row = 0, column = -1, phonetic = 0;
  bool inRow = false, inValue = false;
  std::string type, value;
};

XlsxReader::XlsxReader(const std::filesystem::path& file, const std::string& sheet, Visit visit)
    : state_(std::make_unique<State>(file, sheet, std::move(visit))) {}
XlsxReader::~XlsxReader() = default;

bool XlsxReader::from1904() const { return state_->book.from1904; }

const std::vector<std::string>& XlsxReader::visibleSheets() const { return state_->book.visible; }

bool XlsxReader::readOn() {
  const std::string_view piece = state_->stream->next();
  if (!state_->events.feed(piece, piece.empty()))
    refuse("a damaged workbook: its sheet is not XML");
  return !piece.empty();
}

bool looksLikeXlsx(const std::filesystem::path& file) {
  std::array<char, 4> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), head.size());
  const std::string_view bytes(head.data(), static_cast<std::size_t>(in.gcount()));
  if (bytes == "\xD0\xCF\x11\xE0") {
    refuse(
        "an encrypted workbook, or one of Excel 97 (.xls): save it as .xlsx or as \"CSV UTF-8\"");
  }
  return bytes == "PK\3\4";
}

}  // namespace sohoa
