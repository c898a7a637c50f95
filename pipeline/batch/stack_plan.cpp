#include "pipeline/batch/stack_plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace sohoa {
namespace {

using Kind = SeparatorReading::Kind;

/// The role of a page, by its two signals.
enum class Role { content, blank, sheet, doubtful };

struct Judged {
  Role role = Role::content;
  SeparatorSheet sheet;
};

class Planner {
 public:
  Planner(const std::vector<StackPage>& pages, const std::function<bool(const std::string&)>& known)
      : pages_(pages), known_(known) {}

  StackPlan plan() {
    for (std::size_t i = 0; i < pages_.size(); ++i) judged_.push_back(judge(i));
    findBacks();
    divide();
    for (std::size_t i = 0; i < plan_.parts.size(); ++i) checkPart(i);
    checkTwice();
    return std::move(plan_);
  }

 private:
  void problem(Cause cause, const std::string& where, std::string detail = {}) {
    plan_.problems.push_back({Stage::intake, cause, where, std::move(detail)});
  }

  Judged judge(std::size_t i) {
    const std::string number = std::to_string(i + 1);
    if (!pages_[i].signs) {
      problem(Cause::stackPageUnread, number);
      return {Role::doubtful, {}};
    }
    const PageSigns& signs = *pages_[i].signs;
    std::vector<SeparatorReading> ours;
    for (const std::string& code : signs.codes) {
      const SeparatorReading reading = readSeparatorPayload(code);
      if (reading.kind != Kind::none) ours.push_back(reading);
    }
    if (ours.empty()) {
      // A single mark counts as well: holding a stack is better than overlooking a sheet.
      if (signs.marks > 0 || signs.damagedCode) {
        problem(Cause::stackOneSignal, number);
        return {Role::doubtful, {}};
      }
      return {signs.blank ? Role::blank : Role::content, {}};
    }
    for (const SeparatorReading& reading : ours) {
      if (reading.kind == Kind::sheet && reading.sheet == ours.front().sheet) continue;
      problem(
          reading.kind == Kind::unknownVersion ? Cause::stackSheetVersion : Cause::stackSheetCheck,
          number);
      return {Role::doubtful, {}};
    }
    const SeparatorSheet& sheet = ours.front().sheet;
    if (!signs.sheetMarks) {
      problem(Cause::stackOneSignal, number, sheet.code);
      return {Role::doubtful, sheet};
    }
    if (!known_(sheet.code)) problem(Cause::stackUnknownDossier, number, sheet.code);
    return {Role::sheet, sheet};
  }

  /// Detects duplex scanning: pages 2k and 2k+1 (from 0) are the two sides of one sheet of paper,
  /// and the other side of every separator sheet is blank. The back of a sheet fed face down comes
  /// before it.
  void findBacks() {
    back_.assign(judged_.size(), false);
    duplex_ = judged_.size() % 2 == 0;
    bool any = false;
    for (std::size_t i = 0; i < judged_.size() && duplex_; ++i) {
      if (judged_[i].role != Role::sheet) continue;
      any = true;
      duplex_ = judged_[i ^ 1].role == Role::blank;
    }
    duplex_ = duplex_ && any;
    if (!duplex_) return;
    for (std::size_t i = 0; i < judged_.size(); ++i) {
      if (judged_[i].role == Role::sheet) back_[i ^ 1] = true;
    }
  }

  void divide() {
    std::vector<int> before;
    for (std::size_t i = 0; i < judged_.size(); ++i) {
      const int number = static_cast<int>(i) + 1;
      // The back of a separator sheet belongs to it, even if it comes first.
      const std::size_t owner = back_[i] ? i ^ 1 : i;
      if (judged_[owner].role == Role::sheet) {
        openPart(judged_[owner].sheet, owner);
        plan_.parts.back().sheets.push_back(number);
      } else if (plan_.parts.empty()) {
        before.push_back(number);
      } else {
        plan_.parts.back().pages.push_back(number);
      }
    }
    if (plan_.parts.empty()) {
      problem(Cause::stackNoSheet, fmt::format("1-{}", judged_.size()));
    } else if (!before.empty()) {
      problem(Cause::stackBeforeFirst, before.size() == 1
                                           ? std::to_string(before.front())
                                           : fmt::format("{}-{}", before.front(), before.back()));
    }
  }

  void openPart(const SeparatorSheet& sheet, std::size_t at) {
    if (!sheets_.empty() && sheets_.back().at == at) return;  // already opened by its back
    sheets_.push_back({at, sheet});
    plan_.parts.push_back({sheet.code, {}, {}});
  }

  void checkPart(std::size_t i) {
    const StackPart& part = plan_.parts[i];
    const SeparatorSheet& sheet = sheets_[i].sheet;
    const std::string where = std::to_string(sheets_[i].at + 1);
    const int images = static_cast<int>(part.pages.size());
    int withContent = 0;
    for (const int page : part.pages) {
      withContent += judged_[static_cast<std::size_t>(page - 1)].role == Role::blank ? 0 : 1;
    }
    // Blank backs do not count. In one-sided scans a person may have counted a blank page as well.
    const bool fits = withContent == sheet.pages || (!duplex_ && images == sheet.pages);
    if (withContent == 0) {
      problem(Cause::stackPageCount, where,
              fmt::format("{}: {} / {}", part.code, sheet.pages, withContent));
    } else if (sheet.pages > 0 && !fits) {
      problem(Cause::stackPageCount, where,
              fmt::format("{}: {} / {}", part.code, sheet.pages, withContent));
    } else if (sheet.pages == 0 && !nextFollows(i)) {
      problem(Cause::stackCountUnknown, where, fmt::format("{}: {}", part.code, withContent));
    }
    for (const int page : part.pages) checkPrintedCodes(part.code, page);
  }

  /// Without a declared count, only an unbroken series proves that no sheet is missing.
  bool nextFollows(std::size_t i) const {
    const SeparatorSheet& sheet = sheets_[i].sheet;
    if (i + 1 == sheets_.size()) return sheet.number == sheet.of;
    const SeparatorSheet& next = sheets_[i + 1].sheet;
    return next.series == sheet.series && next.of == sheet.of && next.number == sheet.number + 1;
  }

  void checkPrintedCodes(const std::string& code, int page) {
    const auto& signs = pages_[static_cast<std::size_t>(page - 1)].signs;
    if (!signs) return;
    for (const std::string& text : signs->codes) {
      if (readSeparatorPayload(text).kind != Kind::none) continue;
      const auto named = dossierCodesIn(text);
      if (named.empty() || std::find(named.begin(), named.end(), code) != named.end()) continue;
      problem(Cause::stackOtherCode, std::to_string(page),
              fmt::format("{} / {}", code, named.front()));
    }
  }

  void checkTwice() {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < sheets_.size(); ++i) {
      const auto [known, isNew] = first.emplace(sheets_[i].sheet.code, sheets_[i].at + 1);
      if (isNew) continue;
      problem(Cause::stackCodeTwice, fmt::format("{}, {}", known->second, sheets_[i].at + 1),
              sheets_[i].sheet.code);
    }
  }

  struct PlacedSheet {
    std::size_t at;
    SeparatorSheet sheet;
  };
  const std::vector<StackPage>& pages_;
  const std::function<bool(const std::string&)>& known_;
  std::vector<Judged> judged_;
  std::vector<bool> back_;
  bool duplex_ = false;
  std::vector<PlacedSheet> sheets_;
  StackPlan plan_;
};

}  // namespace

StackPlan planStack(const std::vector<StackPage>& pages,
                    const std::function<bool(const std::string& code)>& known) {
  return Planner(pages, known).plan();
}

std::optional<SeparatorSheet> sheetOn(const StackPage& page) {
  if (!page.signs) return std::nullopt;
  for (const std::string& code : page.signs->codes) {
    const SeparatorReading reading = readSeparatorPayload(code);
    if (reading.kind == Kind::sheet) return reading.sheet;
  }
  return std::nullopt;
}

}  // namespace sohoa
