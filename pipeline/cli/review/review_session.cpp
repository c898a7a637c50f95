#include "pipeline/cli/review/review_session.h"

#include <iostream>
#include <optional>

#include "pipeline/cli/base/command_line.h"
#include "pipeline/cli/review/review_show.h"
#include "pipeline/cli/review/review_stack.h"
#include "pipeline/review/rescan.h"

namespace sohoa::cli {
namespace {

/// One session: counts what was done, so that it can be told at the end.
class Session {
 public:
  Session(Context& context, std::string person)
      : context_(context), site_(context.site()), person_(std::move(person)) {}

  void run() {
    std::vector<std::string> codes;
    for (const HeldDossier& held : listHeld(site_)) {
      if (!held.decision && held.rescans.empty()) codes.push_back(held.code);
    }
    if (codes.empty()) return context_.line(context_.tr("No dossier is waiting for review."));
    for (std::size_t i = 0; i < codes.size() && !ended_; ++i) {
      context_.line("");
      context_.line(context_.say("── {} of {} ── {}", i + 1, codes.size(), person_));
      settle(codes[i]);
    }
    context_.line("");
    context_.line(
        context_.say("{} accepted, {} keyed in, {} rejected, {} with pages to be scanned again.",
                     accepted_, keyed_, rejected_, again_));
    if (accepted_ + keyed_ > 0) {
      context_.line(context_.tr("What may be filed is filed with the next run (sohoa run)."));
    }
  }

 private:
  /// Until this dossier has its decision, or is passed over.
  void settle(const std::string& code) {
    for (bool shown = false; !ended_;) {
      auto held = findHeld(site_, code);
      if (!held || held->decision || !held->rescans.empty()) return;
      if (!shown) printView(context_, viewOf(site_, *held));
      if (!shown && held->item.stack) showStack(context_, *held);
      shown = true;
      const auto answer =
          ask(context_.tr("[a] accept  [k] key in a field  [p] pages to be scanned again  [r] "
                          "reject  [v] view again  "
                          "[Enter] next  [q] quit >"));
      if (!answer || *answer == "q") {
        ended_ = true;
      } else if (answer->empty()) {
        return;
      } else if (*answer == "v") {
        shown = false;
      } else if (*answer == "a") {
        decide([&](const std::string& why) { return accept(site_, *held, person_, why); },
               accepted_, context_.say("{} files itself with the next run.", code));
      } else if (*answer == "r") {
        decide([&](const std::string& why) { return reject(site_, *held, person_, why); },
               rejected_, context_.say("{} was moved to quarantine/{}.", code, held->batch));
      } else if (*answer == "k") {
        keyIn(*held);
      } else if (*answer == "p") {
        askAgain(*held);
      } else {
        context_.line(context_.tr("Please answer with one of the letters."));
      }
    }
  }

  template <class Act>
  void decide(Act act, int& count, const std::string& done) {
    const auto why = required(context_.tr("Why? (kept in the ledger) >"));
    if (!why) return;
    const Result<void> result = act(*why);
    if (!result) return refuse(result.error());
    ++count;
    context_.line(done);
  }

  void keyIn(const HeldDossier& held) {
    const ReviewView view = viewOf(site_, held);
    std::map<std::string, std::string> values;
    for (const ReviewField& field : view.fields) {
      if (!field.problem && field.waitingFor.empty()) continue;
      if (!field.picture.empty())
        context_.line(context_.say("      picture: {}", field.picture.string()));
      const auto value = ask(context_.say("{} (Enter: leave it) >", context_.tr(field.name)));
      if (!value) return;
      if (!value->empty()) values[field.name] = *value;
    }
    if (values.empty()) {
      const auto pair = ask(
          context_.tr("Which field? NAME=VALUE, for example number=12/QĐ-STNMT (Enter: none) >"));
      if (!pair || pair->empty()) return;
      const auto equals = pair->find('=');
      if (equals == std::string::npos) return context_.line(context_.tr("That is not NAME=VALUE."));
      values[pair->substr(0, equals)] = pair->substr(equals + 1);
    }
    const auto why = required(context_.tr("Why? (kept in the ledger) >"));
    if (!why) return;
    const auto done = correct(site_, held, values, person_, *why);
    if (!done) return refuse(done.error());
    ++keyed_;
    sayKeyed(context_, held.code, *done);
  }

  void askAgain(const HeldDossier& held) {
    const auto text = ask(context_.tr("Which pages? 3 or 2,5-7 >"));
    if (!text || text->empty()) return;
    const auto pages = parsePages(*text, static_cast<int>(pagesOf(held.item).size()));
    if (!pages) return refuse(pages.error());
    decide([&](const std::string& why) { return requestRescan(site_, held, *pages, person_, why); },
           again_,
           context_.say("{}: {} pages wait to be scanned again (sohoa review list --rescan).",
                        held.code, pages->size()));
  }

  void refuse(const ItemError& why) const {
    context_.line(
        context_.say("Refused: {}", context_.reason(std::string(codeOf(why.cause)), why.detail)));
  }

  /// Nothing at the end of the input.
  std::optional<std::string> ask(std::string_view question) const {
    context_.text(std::string(question) + " ");
    std::fflush(stdout);
    std::string line;
    if (!std::getline(std::cin, line)) {
      context_.line("");
      return std::nullopt;
    }
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    return line;
  }
  /// An answer that is not empty; nothing when there was none after all.
  std::optional<std::string> required(std::string_view question) const {
    auto answer = ask(question);
    if (answer && answer->empty()) {
      context_.line(context_.tr("Nothing was done: a reason is needed."));
      return std::nullopt;
    }
    return answer;
  }

  Context& context_;
  Site site_;
  std::string person_;
  bool ended_ = false;
  int accepted_ = 0, keyed_ = 0, rejected_ = 0, again_ = 0;
};

}  // namespace

void sayKeyed(const Context& context, const std::string& code, const KeyedValues& done) {
  for (const std::string& name : done.differs) {
    context.line(context.say(
        "{}: another person keyed in something else; it counts once two agree.", context.tr(name)));
  }
  for (const std::string& name : done.waiting) {
    context.line(context.say("{}: a second person must key in the same.", context.tr(name)));
  }
  context.line(done.files ? context.say("{} files itself with the next run.", code)
                          : context.say("{} still waits for a decision.", code));
}

void reviewSession(Context& context, const std::string& person) {
  if (context.json) throw UsageError("--json", "review");
  Session(context, person).run();
}

}  // namespace sohoa::cli
