#include "storage/register/register_merge.h"

#include "core/result.h"

namespace sohoa {
namespace {

void setFrom(RegisterRow& row, const RegisterRow& other, RegisterColumn column) {
  switch (column) {
    case RegisterColumn::code:
      break;
    case RegisterColumn::procedureCode:
      row.procedureCode = other.procedureCode;
      break;
    case RegisterColumn::procedureName:
      row.procedureName = other.procedureName;
      break;
    case RegisterColumn::unit:
      row.unit = other.unit;
      break;
    case RegisterColumn::receivedOn:
      row.receivedOn = other.receivedOn;
      break;
    case RegisterColumn::resolvedOn:
      row.resolvedOn = other.resolvedOn;
      break;
    case RegisterColumn::medium:
      row.medium = other.medium;
      break;
    case RegisterColumn::applicant:
      row.applicant = other.applicant;
      break;
    case RegisterColumn::resultNumber:
      row.resultNumber = other.resultNumber;
      break;
    case RegisterColumn::resultDate:
      row.resultDate = other.resultDate;
      break;
    case RegisterColumn::excludedReason:
      row.excludedReason = other.excludedReason;
      break;
  }
}

}  // namespace

RegisterMerge::RegisterMerge(const std::optional<std::filesystem::path>& known, Source coming,
                             RegisterColumns columns)
    : coming_(std::move(coming)), columns_(columns) {
  if (known) reader_.emplace(*known, RegisterOptions{});
}

void RegisterMerge::readKnown() {
  known_.reset();
  if (!reader_) return;
  const auto broken = [](const RegisterProblem& problem) {
    throw BatchError(Cause::repositoryDamaged,
                     "register.csv: line " + std::to_string(problem.line) + ": " + problem.what);
  };
  if (auto row = reader_->next(broken)) known_ = std::move(row->row);
}

std::optional<RegisterMerge::Row> RegisterMerge::next() {
  if (!begun_) {
    begun_ = true;
    readKnown();
    nextComing_ = coming_();
  }
  if (!known_ && !nextComing_) return std::nullopt;
  const bool onlyKnown = known_ && (!nextComing_ || known_->dossierCode < nextComing_->dossierCode);
  const bool same = known_ && nextComing_ && known_->dossierCode == nextComing_->dossierCode;
  Row row;
  if (onlyKnown || same) {
    row.after = *known_;
    row.before = std::move(known_);
    readKnown();
  }
  if (onlyKnown) return row;
  RegisterRow coming = std::move(*nextComing_);
  nextComing_ = coming_();
  if (row.before) {
    forEachRegisterColumn([&](RegisterColumn column) {
      if (!columns_[static_cast<std::size_t>(column)]) setFrom(coming, *row.before, column);
    });
  }
  row.after = std::move(coming);
  return row;
}

RegisterMerge::Source rowsOf(const std::filesystem::path& registerCsv) {
  const auto reader = std::make_shared<RegisterReader>(registerCsv, RegisterOptions{});
  return [reader]() -> std::optional<RegisterRow> {
    auto next = reader->next();
    if (!next) return std::nullopt;
    return std::move(next->row);
  };
}

std::string describeChange(const RegisterRow& before, const RegisterRow& after) {
  std::string text;
  forEachRegisterColumn([&](RegisterColumn column) {
    const std::string old = valueOf(before, column), now = valueOf(after, column);
    if (old == now) return;
    text += (text.empty() ? "" : "; ") + std::string(nameOf(column)) + ": \"" + old + "\" -> \"" +
            now + "\"";
  });
  return text;
}

}  // namespace sohoa
