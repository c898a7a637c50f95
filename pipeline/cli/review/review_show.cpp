#include "pipeline/cli/review/review_show.h"

#include <fmt/core.h>

#include "core/texts/detail_text.h"
#include "core/texts/json.h"
#include "pipeline/common/file_names.h"

namespace sohoa::cli {
namespace {

using nlohmann::json;

/// Words of a page that a person is shown at once.
constexpr std::size_t kWordsShown = 12;

json problemsJson(const Context& context, const std::vector<ItemError>& problems) {
  json all = json::array();
  for (const ItemError& problem : problems) {
    all.push_back({{"cause", codeOf(problem.cause)},
                   {"reason", reasonOf(problem.cause, context.language)},
                   {"item", printable(problem.item)},
                   {"detail", problem.detail}});
  }
  return all;
}

std::string about(const Context& context, const ItemError& problem) {
  // A field by its name, anything else as it is called.
  std::string text(context.tr(problem.item));
  if (!problem.detail.empty()) {
    text += (text.empty() ? "" : ": ") + detailText(context.language, problem.detail);
  }
  return text;
}

std::string_view stateOf(const Context& context, const HeldDossier& held) {
  if (held.decision) return context.tr(" (accepted, files with the next run)");
  if (!held.rescans.empty()) return context.tr(" (waits for pages scanned again)");
  if (held.problems.empty()) return context.tr(" (waits for approval)");
  return "";
}

json pageJson(const Context& context, const ReviewPage& page) {
  json words = json::array();
  for (const DoubtfulWord& word : page.doubtful) {
    words.push_back({{"text", word.text},
                     {"confidence", word.confidence},
                     {"box", {word.box.x, word.box.y, word.box.width, word.box.height}}});
  }
  json out = {{"number", page.number},
              {"name", printable(page.name)},
              {"image", page.image.string()},
              {"page_in_file", page.pageInFile},
              {"read", page.read},
              {"blank", page.blank},
              {"ink_share", page.inkShare},
              {"confidence", page.confidence},
              {"words", page.words},
              {"doubtful", std::move(words)},
              {"problems", problemsJson(context, page.problems)}};
  if (page.rescan)
    out["rescan"] = {{"reason", page.rescan->reason}, {"person", page.rescan->person}};
  if (!page.replaces.empty()) out["replaces"] = printable(page.replaces);
  return out;
}

json fieldJson(const Context& context, const ReviewField& field) {
  json out = {{"name", field.name},
              {"on_page", field.onPage},
              {"by_hand", field.byHand},
              {"doubtful", field.doubtful},
              {"confidence", field.confidence},
              {"page", field.page},
              {"register", field.registered},
              {"keyed", field.keyed},
              {"keyed_by", field.keyedBy},
              {"waiting_for_second", field.waitingFor},
              {"picture", field.picture.string()}};
  if (field.problem) out["problem"] = problemsJson(context, {*field.problem}).at(0);
  return out;
}

void printPage(const Context& context, const ReviewPage& page) {
  context.line(context.say("  page {}  {}", page.number, printable(page.image.string())) +
               (page.pageInFile > 1 ? context.say(", page {} of it", page.pageInFile) : ""));
  if (!page.replaces.empty()) {
    context.line(context.say("      scanned again; before: {}", printable(page.replaces)));
  }
  if (page.blank) context.line(context.say("      blank ({:.3f} % ink)", 100 * page.inkShare));
  for (const ItemError& problem : page.problems) {
    context.line("      ! " + context.reason(std::string(codeOf(problem.cause)), problem.detail));
  }
  if (page.rescan) {
    context.line(context.say("      to be scanned again: {} — {}", page.rescan->reason,
                             page.rescan->person));
  }
  if (page.read && !page.blank) {
    std::string words;
    for (std::size_t i = 0; i < page.doubtful.size() && i < kWordsShown; ++i) {
      words += (words.empty() ? "" : " · ") + page.doubtful[i].text;
    }
    if (page.doubtful.size() > kWordsShown) words += " …";
    context.line(context.say("      {} words, {} doubtful, confidence {:.2f}", page.words,
                             page.doubtful.size(), page.confidence) +
                 (words.empty() ? "" : ": " + words));
  }
}

void printField(const Context& context, const ReviewField& field) {
  const auto shown = [&](const std::string& value) {
    return value.empty() ? std::string("–") : value;
  };
  std::string onPage = field.byHand ? std::string(context.tr("(by hand)")) : shown(field.onPage);
  if (!field.byHand && field.doubtful) onPage += " ?";
  context.line(fmt::format("  {} {}", field.problem ? "!" : " ", context.tr(field.name)));
  context.line(
      context.say("      on the page: {}   in the register: {}", onPage, shown(field.registered)));
  if (!field.keyed.empty()) {
    context.line(context.say("      keyed in: {} ({})", field.keyed, field.keyedBy));
  }
  for (const std::string& person : field.waitingFor) {
    context.line(context.say("      keyed in by {}; a second person must key in the same", person));
  }
  if (!field.picture.empty())
    context.line(context.say("      picture: {}", field.picture.string()));
}

}  // namespace

json heldJson(const Context& context, const HeldDossier& held) {
  json rescans = json::array();
  for (const RescanRequest& one : held.rescans) {
    rescans.push_back({{"page", one.page},
                       {"name", printable(one.name)},
                       {"reason", one.reason},
                       {"person", one.person},
                       {"at", isoVietnam(one.at)}});
  }
  return {{"dossier", held.code},
          {"batch", held.batch},
          {"held_at", isoVietnam(held.heldAt)},
          {"pages", held.item.pageCount()},
          {"accepted", held.decision.has_value()},
          {"rescans", std::move(rescans)},
          {"problems", problemsJson(context, held.problems)}};
}

json viewJson(const Context& context, const ReviewView& view) {
  json out = heldJson(context, view.held);
  out["scanned_by"] = view.scannedBy;
  out["awaits_approval"] = view.awaitsApproval;
  out["twins"] = json::array();
  for (const PageTwin& twin : view.twins) {
    out["twins"].push_back({{"kind", twin.kind == PageTwin::Kind::same ? "same" : "alike"},
                            {"page", printable(twin.page)},
                            {"other", printable(twin.other)},
                            {"dossier", printable(twin.dossier)}});
  }
  out["page_list"] = json::array();
  out["crops"] = json::array();
  for (const ReviewPage& page : view.pages) out["page_list"].push_back(pageJson(context, page));
  out["fields"] = json::array();
  out["keyed"] = json::object();
  for (const ReviewField& field : view.fields) {
    out["fields"].push_back(fieldJson(context, field));
    if (!field.picture.empty()) out["crops"].push_back(field.picture.string());
    if (!field.keyed.empty()) out["keyed"][field.name] = field.keyed;
  }
  if (const auto& row = view.registered) {
    out["register"] = {{"unit", row->unit},
                       {"procedure_code", row->procedureCode},
                       {"procedure_name", row->procedureName},
                       {"received_on", isoDay(row->receivedOn)},
                       {"applicant", row->applicant},
                       {"excluded_reason", row->excludedReason}};
  }
  return out;
}

void printHeld(const Context& context, const HeldDossier& held) {
  context.line(context.say("{}  {} pages, batch {}{}", held.code, held.item.pageCount(), held.batch,
                           stateOf(context, held)));
  for (const ItemError& problem : held.problems) {
    context.line("    " +
                 context.reason(std::string(codeOf(problem.cause)), about(context, problem)));
  }
}

void printView(const Context& context, const ReviewView& view) {
  const HeldDossier& held = view.held;
  context.line(context.say("{}  {} pages, batch {}{}", held.code, held.item.pageCount(), held.batch,
                           stateOf(context, held)));
  if (const auto& row = view.registered) {
    context.line(context.say("  Procedure: {} {}", row->procedureCode, row->procedureName));
    context.line(context.say("  Unit: {}; received {}", row->unit, isoDay(row->receivedOn)));
  }
  if (!view.scannedBy.empty()) {
    std::string persons;
    for (const std::string& one : view.scannedBy) persons += (persons.empty() ? "" : ", ") + one;
    context.line(context.say("  Scanned by {}", persons));
  }
  for (const ItemError& problem : view.general) {
    context.line("  ! " +
                 context.reason(std::string(codeOf(problem.cause)), about(context, problem)));
  }
  for (const ReviewPage& page : view.pages) printPage(context, page);
  for (const PageTwin& twin : view.twins) context.line("  " + twinText(context, twin));
  for (const ReviewField& field : view.fields) printField(context, field);
}

}  // namespace sohoa::cli
