#include "storage/register.h"

#include <algorithm>
#include <array>
#include <deque>
#include <fstream>

#include "storage/csv.h"
#include "storage/xlsx.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 64u << 10;
/// A table of people has a title, a period, an agency above its headings.
constexpr int kHeadingWithin = 30;

[[noreturn]] void refuse(const std::string& detail) {
  throw BatchError(Cause::registerFormat, detail);
}

struct Record {
  std::vector<std::string> fields;
  int line = 0;
};

/// The records of a file, some at a time.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  /// Adds the records that come next, perhaps none; false at the end.
  virtual bool readOn(std::deque<Record>& into) = 0;
  virtual bool from1904() const { return false; }
};

class CsvSource final : public RecordSource {
 public:
  CsvSource(const fs::path& file, TextEncoding encoding)
      : in_(file, std::ios::binary), decoder_(encoding) {
    if (!in_) refuse(file.string() + " cannot be opened");
  }
  bool readOn(std::deque<Record>& into) override {
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
  std::deque<Record>* into_ = nullptr;
};

class XlsxSource final : public RecordSource {
 public:
  XlsxSource(const fs::path& file, const std::string& sheet)
      : reader_(file, sheet, [this](std::vector<std::string>& cells, int row) {
          into_->push_back({cells, row});
        }) {}
  bool readOn(std::deque<Record>& into) override {
    into_ = &into;
    return reader_.readOn();
  }
  bool from1904() const override { return reader_.from1904(); }

 private:
  std::deque<Record>* into_ = nullptr;
  XlsxReader reader_;
};

std::unique_ptr<RecordSource> sourceOf(const fs::path& file, const RegisterOptions& options) {
  if (looksLikeXlsx(file)) return std::make_unique<XlsxSource>(file, options.sheet);
  return std::make_unique<CsvSource>(file, options.encoding);
}

bool isEmpty(const Record& record) {
  return std::all_of(record.fields.begin(), record.fields.end(), [](const std::string& field) {
    return field.find_first_not_of(" \t\r\n") == std::string::npos;
  });
}

}  // namespace

struct RegisterReader::State {
  State(const fs::path& file, RegisterOptions options)
      : source(sourceOf(file, options)), heading(options.columns), rows(source->from1904()) {}

  std::optional<Record> record() {
    while (waiting.empty() && more) more = source->readOn(waiting);
    if (waiting.empty()) return std::nullopt;
    Record first = std::move(waiting.front());
    waiting.pop_front();
    return first;
  }
  void findHeading() {
    std::string_view lacking;
    bool any = false;
    for (int seen = 0; seen < kHeadingWithin; ++seen) {
      const auto candidate = record();
      if (!candidate) break;
      any = true;
      if (heading.recognise(candidate->fields)) {
        found = true;
        return;
      }
      // Of the row that comes closest, for the person who has to mend it.
      const bool closer = heading.columns().count() > best;
      if (lacking.empty() || closer) lacking = heading.lacking();
      best = std::max(best, heading.columns().count());
    }
    if (!any) refuse("the file is empty");
    refuse("the header has no column " + std::string(lacking));
  }

  std::unique_ptr<RecordSource> source;
  RegisterHeading heading;
  RegisterRowReader rows;
  std::deque<Record> waiting;
  std::size_t best = 0;
  bool more = true, found = false;
};

RegisterReader::RegisterReader(const fs::path& file, RegisterOptions options)
    : state_(std::make_unique<State>(file, std::move(options))) {}
RegisterReader::~RegisterReader() = default;
RegisterReader::RegisterReader(RegisterReader&&) noexcept = default;

RegisterColumns RegisterReader::columns() const { return state_->heading.columns(); }

std::optional<RegisterReader::Row> RegisterReader::next(const Witness& problem) {
  if (!state_->found) state_->findHeading();
  while (auto record = state_->record()) {
    if (isEmpty(*record)) continue;
    RegisterRowReader::Fault fault;
    if (auto row = state_->rows.read(state_->heading, record->fields, fault)) {
      return Row{std::move(*row), record->line};
    }
    if (problem) problem({record->line, fault.what, std::move(fault.value)});
  }
  return std::nullopt;
}

RegisterFile readRegister(const fs::path& file, const RegisterOptions& options) {
  RegisterReader reader(file, options);
  RegisterFile whole;
  std::map<std::string, std::size_t> rowOfCode;
  const auto problem = [&](RegisterProblem what) { whole.problems.push_back(std::move(what)); };
  while (auto next = reader.next(problem)) {
    const auto [known, added] = rowOfCode.emplace(next->row.dossierCode, whole.rows.size());
    if (added) {
      whole.rows.push_back(std::move(next->row));
    } else if (whole.rows[known->second] != next->row) {
      problem({next->line, kSameCodeOtherContent, next->row.dossierCode});
    }
  }
  return whole;
}

std::string registerCsvHeader() {
  std::string text;
  forEachRegisterColumn([&](RegisterColumn column) {
    text += (text.empty() ? "" : ",") + std::string(nameOf(column));
  });
  return text + '\n';
}

std::string registerCsvLine(const RegisterRow& row) {
  std::string text;
  forEachRegisterColumn([&](RegisterColumn column) {
    if (column != RegisterColumn::code) text += ',';
    text += csvField(valueOf(row, column));
  });
  return text + '\n';
}

std::string writeRegisterCsv(const std::vector<RegisterRow>& rows) {
  std::vector<const RegisterRow*> sorted;
  for (const RegisterRow& row : rows) sorted.push_back(&row);
  std::sort(sorted.begin(), sorted.end(), [](const RegisterRow* a, const RegisterRow* b) {
    return a->dossierCode < b->dossierCode;
  });
  std::string text = registerCsvHeader();
  for (const RegisterRow* row : sorted) text += registerCsvLine(*row);
  return text;
}

}  // namespace sohoa
