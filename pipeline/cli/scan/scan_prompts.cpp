#include "pipeline/cli/scan/scan_prompts.h"

#include <fmt/core.h>

#include <charconv>
#include <iostream>

#include "core/dossier_code.h"
#include "core/texts/json.h"

namespace sohoa::cli {

void sayPutBack(const Context& context, const ScanSession& desk) {
  const ScanStack& stack = *desk.unfinished();
  const int kept = stack.turned ? stack.backs() : static_cast<int>(stack.sheets.size());
  const std::string last = desk.lastPage().string();
  if (context.json) {
    return context.object({{"event", "put_back"},
                           {"folder", stack.folder},
                           {"sheet", stack.onTop()},
                           {"side", stack.turned ? "back" : "front"},
                           {"sheets_kept", kept},
                           {"last_page", last}});
  }
  context.line(context.say("{}: {} sheets are kept; nothing of them is lost.", stack.folder, kept));
  if (!last.empty()) context.line(context.say("  The last page kept is {}", last));
  context.line(
      stack.turned
          ? context.say(
                "  Put the turned stack back so that sheet {} lies on top, then those before it.",
                stack.onTop())
          : context.say("  Put sheet {} back on top of the feeder, then all that follow it, in "
                        "order; if there is none, leave it empty.",
                        stack.onTop()));
}

std::optional<std::string> ScanPerson::ask(const std::string& question) const {
  fmt::print("{} ", question);
  std::fflush(stdout);
  std::string line;
  if (!std::getline(std::cin, line)) {
    fmt::print("\n");
    return std::nullopt;
  }
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
  return line;
}

std::optional<int> ScanPerson::sheetOnTop(int asked) const {
  for (;;) {
    const auto line = ask(context_.say(
        "Enter when sheet {} lies on top, or the number of the sheet that does:", asked));
    if (!line) return std::nullopt;
    if (line->empty()) return asked;
    int sheet = 0;
    const auto [end, error] = std::from_chars(line->data(), line->data() + line->size(), sheet);
    if (error == std::errc() && end == line->data() + line->size() && sheet > 0) return sheet;
  }
}

bool ScanPerson::ready(const std::string& request) const { return ask(request).has_value(); }

ScanPerson::Next ScanPerson::next(const ScanStack& stack) const {
  using Kind = Next::Kind;
  const bool turns = stack.sides == ScanSides::inTurns && !stack.turned;
  context_.line(context_.say("{}: {} sheets, {} pages. What now?", stack.folder,
                             stack.sheets.size(), stack.pages()));
  context_.line(context_.tr("  m      more sheets of this stack are in the feeder"));
  if (turns) {
    context_.line(context_.tr(
        "  Enter  all fronts are done; the whole stack is turned over and in the feeder"));
  } else {
    context_.line(context_.tr("  n      the next stack is in the feeder"));
    context_.line(context_.tr("  CODE   the next dossier is in the feeder: type or scan its code"));
    context_.line(context_.tr("  Enter  the batch is complete: close it"));
  }
  context_.line(context_.tr("  q      stop here; the batch stays open"));
  for (;;) {
    const auto line = ask(">");
    if (!line || *line == "q") return {Kind::leave, {}};
    if (*line == "m") return {Kind::more, {}};
    if (turns && line->empty()) return {Kind::turned, {}};
    if (turns) continue;
    if (line->empty()) return {Kind::close, {}};
    if (*line == "n") return {Kind::stack, {}};
    if (DossierCode::parse(*line)) return {Kind::dossier, *line};
    context_.line(context_.say("'{}' is no dossier code.", *line));
  }
}

}  // namespace sohoa::cli
