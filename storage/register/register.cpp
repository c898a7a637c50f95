#include "storage/register/register.h"

#include <algorithm>
#include <deque>

#include "storage/register/register_source.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// A table of people has a title, a period, an agency above its headings.
constexpr int kHeadingWithin = 30;

[[noreturn]] void refuse(const std::string& detail) {
  throw BatchError(Cause::registerFormat, detail);
}

bool isEmpty(const RegisterRecord& record) {
  return std::all_of(record.fields.begin(), record.fields.end(), [](const std::string& field) {
    return field.find_first_not_of(" \t\r\n") == std::string::npos;
  });
}

}  // namespace

struct RegisterReader::State {
  State(fs::path path, RegisterOptions how)
      : file(std::move(path)),
        options(std::move(how)),
        heading(options.columns),
        source(registerSource(file, options)),
        rows(source->from1904()) {}

  std::optional<RegisterRecord> record() {
    while (waiting.empty() && more) more = source->readOn(waiting);
    if (waiting.empty()) return std::nullopt;
    RegisterRecord first = std::move(waiting.front());
    waiting.pop_front();
    return first;
  }
  /// Why the headings are not among the first rows; empty when they are.
  std::string lookForHeading() {
    std::string_view lacking;
    std::size_t best = 0;
    bool any = false;
    for (int seen = 0; seen < kHeadingWithin; ++seen) {
      const auto candidate = record();
      if (!candidate) break;
      any = true;
      if (heading.recognise(candidate->fields)) return {};
      // Of the row that comes closest, for the person who has to mend it.
      const bool closer = heading.columns().count() > best;
      if (lacking.empty() || closer) lacking = heading.lacking();
      best = std::max(best, heading.columns().count());
    }
    if (!any) return "the file is empty";
    return "the header has no column " + std::string(lacking);
  }
  /// In the sheet that was asked for; else in the first one that has them.
  void findHeading() {
    const std::vector<std::string> sheets = source->sheets();
    std::string why = lookForHeading(), names;
    std::size_t at = 0;
    for (; !why.empty() && options.sheet.empty() && at + 1 < sheets.size(); ++at) {
      RegisterOptions next = options;
      next.sheet = sheets[at + 1];
      source = registerSource(file, next);
      waiting.clear();
      more = true;
      const std::string further = lookForHeading();
      if (further.empty()) why.clear();
      names += (names.empty() ? sheets[0] : "") + ", " + next.sheet;
    }
    if (!why.empty()) refuse(why + (names.empty() ? "" : " (sheets: " + names + ")"));
    found = true;
    if (sheets.empty()) return;
    sheet = options.sheet.empty() ? sheets[at] : options.sheet;
    for (const std::string& name : sheets) {
      if (name != sheet) others.push_back(name);
    }
  }

  fs::path file;
  RegisterOptions options;
  RegisterHeading heading;
  std::unique_ptr<RegisterFileSource> source;
  RegisterRowReader rows;
  std::deque<RegisterRecord> waiting;
  bool more = true, found = false;
  std::string sheet;
  std::vector<std::string> others;
};

RegisterReader::RegisterReader(const fs::path& file, RegisterOptions options)
    : state_(std::make_unique<State>(file, std::move(options))) {}
RegisterReader::~RegisterReader() = default;
RegisterReader::RegisterReader(RegisterReader&&) noexcept = default;

RegisterColumns RegisterReader::columns() const { return state_->heading.columns(); }

const std::string& RegisterReader::sheet() const { return state_->sheet; }
const std::vector<std::string>& RegisterReader::otherSheets() const { return state_->others; }

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

}  // namespace sohoa
