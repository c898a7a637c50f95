#include "pipeline/cli/review/review_stack.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/texts/json.h"
#include "pipeline/cli/commands.h"
#include "pipeline/review/stack_split.h"

namespace sohoa::cli {
namespace {

using nlohmann::json;

struct Options {
  std::string code, person, reason;
  std::vector<std::string> dossiers, aside;
};

/// Pages 2, 3, 4, 7 as "CODE=2-4 CODE=7": what a person may correct and give back.
std::string asRanges(const StackPart& part) {
  std::string text;
  for (std::size_t i = 0; i < part.pages.size();) {
    std::size_t end = i;
    while (end + 1 < part.pages.size() && part.pages[end + 1] == part.pages[end] + 1) ++end;
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", part.code, part.pages[i]);
    if (end > i) text += fmt::format("-{}", part.pages[end]);
    i = end + 1;
  }
  return text;
}

std::string proposal(const HeldStack& stack) {
  std::string text;
  for (const StackPart& part : stack.plan.parts) text += (text.empty() ? "" : " ") + asRanges(part);
  return text;
}

void printPage(const Context& context, const StackPage& page, std::size_t number) {
  if (!page.signs) return context.line(context.say("    page {}: cannot be looked at", number));
  if (const auto sheet = sheetOn(page)) {
    return context.line(context.say("    page {}: separator sheet of {}, {} pages declared", number,
                                    sheet->code,
                                    sheet->pages > 0 ? std::to_string(sheet->pages) : "—"));
  }
  if (page.signs->marks > 0) {
    context.line(context.say("    page {}: marks of a separator sheet, no readable code", number));
  }
  for (const std::string& text : page.signs->codes) {
    for (const std::string& code : dossierCodesIn(text))
      context.line(context.say("    page {}: code of {}", number, code));
  }
  if (page.signs->blank) context.line(context.say("    page {}: blank", number));
}

void split(Context& context, const Options& options) {
  const Site site = context.site();
  const auto held = findHeld(site, options.code);
  if (!held) {
    throw UsageError(context.say("nothing of this code waits for review: {}", options.code));
  }
  SplitOrder order;
  order.person = options.person.empty() ? whoRuns() : options.person;
  order.reason = options.reason;
  const auto take = [](const std::vector<std::string>& texts, bool withCode,
                       std::vector<PageRange>& ranges) {
    for (const std::string& text : texts) {
      if (!parsePageRange(text, withCode, ranges.emplace_back())) throw UsageError("PAGES", text);
    }
  };
  take(options.dossiers, true, order.dossiers);
  take(options.aside, false, order.aside);
  const SplitRefusal refusal = checkSplit(*held, order, *site.catalogue().open());
  if (refusal.what) throw UsageError("PAGES", context.say(refusal.what, refusal.value));
  if (const auto done = splitStack(site, *held, order, context.program); !done)
    return context.failed(done.error());
  std::vector<std::string> codes;
  for (const PageRange& range : order.dossiers) codes.push_back(range.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  if (context.json) {
    return context.object(json{{"event", "divided"},
                               {"stack", held->code},
                               {"dossiers", codes},
                               {"batch", splitBatch(*held)}});
  }
  context.line(context.say("{} was divided into {} dossiers; the next run files them as batch {}.",
                           held->code, codes.size(), splitBatch(*held)));
}

}  // namespace

std::string splitHint(const Context& context) {
  return std::string(
      context.tr("Divide it with: sohoa review split STACK CODE=FIRST-LAST … --reason …  or reject "
                 "it, and scan it again."));
}

json stackJson(const HeldStack& stack) {
  json pages = json::array();
  for (std::size_t i = 0; i < stack.pages.size(); ++i) {
    const StackPage& page = stack.pages[i];
    json one = {{"number", i + 1}, {"file", page.file}, {"page", page.index + 1}};
    const auto sheet = sheetOn(page);
    one["sheet"] = sheet ? json(sheet->code) : json(nullptr);
    if (page.signs) one["marks"] = page.signs->marks, one["blank"] = page.signs->blank;
    pages.push_back(std::move(one));
  }
  return {{"pages", std::move(pages)}, {"proposal", proposal(stack)}};
}

void showStack(const Context& context, const HeldDossier& held) {
  const HeldStack& stack = *held.item.stack;
  for (std::size_t i = 0; i < stack.pages.size(); ++i) printPage(context, stack.pages[i], i + 1);
  if (!stack.plan.parts.empty()) context.line(context.say("The sheets say: {}", proposal(stack)));
  context.line(splitHint(context));
}

void addReviewSplit(Command review, Context& context) {
  const auto options = std::make_shared<Options>();
  Command command = review.subcommand(
      "split", std::string(context.tr(
                   "divide a stack into dossiers; they come in as a batch of their own")));
  command
      .option("STACK", options->code, std::string(context.tr("the stack, as review list names it")))
      .required();
  command
      .option(
          "CODE=PAGES", options->dossiers,
          std::string(context.tr("CODE=FIRST-LAST: pages of a dossier, separator sheets left out")))
      .required();
  command
      .option("--aside", options->aside,
              std::string(
                  context.tr("pages that belong to no dossier: kept with the stack, not filed")))
      .separatedByCommas();
  command.option("--reason", options->reason, std::string(context.tr("why; kept in the ledger")))
      .required();
  command.option("--by", options->person,
                 std::string(context.tr("who decides; the login name unless given")));
  command.action([options, &context] { split(context, *options); });
}

}  // namespace sohoa::cli
