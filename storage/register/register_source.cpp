#include "storage/register/register_source.h"

#include <fstream>
#include <optional>

#include "storage/tables/csv.h"
#include "storage/tables/xlsx.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 64u << 10;

[[noreturn]] void refuse(const std::string& detail) {
  throw BatchError(Cause::registerFormat, detail);
}

class CsvSource final : public RegisterFileSource {
 public:
  CsvSource(const fs::path& file, TextEncoding encoding)
      : in_(file, std::ios::binary), decoder_(encoding) {
    if (!in_) refuse(file.string() + " cannot be opened");
  }
  bool readOn(std::deque<RegisterRecord>& into) override {
    std::string piece(kPiece, '\0');
    in_.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    piece.resize(static_cast<std::size_t>(in_.gcount()));
    const bool last = piece.empty();
    std::string text = decoder_.decode(piece, last);
    into_ = &into;
    if (!parser_) {
      begin_ += text;
      if (!last && begin_.size() < kPiece) return true;
      text = std::move(begin_);
      parser_.emplace(csvSeparator(text), [this](std::vector<std::string>& fields, int line) {
        into_->push_back({std::move(fields), line});
      });
    }
    if (!parser_->feed(text) || (last && !parser_->finish())) {
      refuse("a quoted field that begins in line " + std::to_string(parser_->lastLine()) +
             " has no end");
    }
    return !last;
  }

 private:
  std::ifstream in_;
  TextDecoder decoder_;
  std::string begin_;  ///< enough of the text to tell the separator by
  std::optional<CsvParser> parser_;
  std::deque<RegisterRecord>* into_ = nullptr;
};

class XlsxSource final : public RegisterFileSource {
 public:
  XlsxSource(const fs::path& file, const std::string& sheet)
      : reader_(file, sheet, [this](std::vector<std::string>& cells, int row) {
          into_->push_back({cells, row});
        }) {}
  bool readOn(std::deque<RegisterRecord>& into) override {
    into_ = &into;
    return reader_.readOn();
  }
  bool from1904() const override { return reader_.from1904(); }
  std::vector<std::string> sheets() const override { return reader_.visibleSheets(); }

 private:
  std::deque<RegisterRecord>* into_ = nullptr;
  XlsxReader reader_;
};

}  // namespace

std::unique_ptr<RegisterFileSource> registerSource(const fs::path& file,
                                                   const RegisterOptions& options) {
  if (looksLikeXlsx(file)) return std::make_unique<XlsxSource>(file, options.sheet);
  return std::make_unique<CsvSource>(file, options.encoding);
}

}  // namespace sohoa
