#include "pipeline/results/result_status.h"

#include "core/texts/json.h"
#include "pipeline/cli/base/context.h"
#include "pipeline/cli/commands.h"

namespace sohoa::cli {
namespace {

struct Options {
  std::string code, person, reason, with, from, until, retention, access;
};

std::string wordOf(const Context& context, ResultState state) {
  switch (state) {
    case ResultState::inForce:
      return std::string(context.tr("in force"));
    case ResultState::expired:
      return std::string(context.tr("expired"));
    case ResultState::withdrawn:
      return std::string(context.tr("withdrawn"));
    case ResultState::replaced:
      return std::string(context.tr("replaced"));
  }
  return {};
}

FiledResult require(const Site& site, const std::string& code, const char* option = "CODE") {
  auto found = findResult(site, code);
  if (!found) throw UsageError(option, code);
  return std::move(*found);
}

std::optional<Day> dayOf(const char* option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto day = parseIsoDay(text);
  if (!day) throw UsageError(option, text);
  return day;
}

nlohmann::json toJson(const ResultStatus& status, Day today) {
  return {{"state", nameOf(status.on(today))},
          {"set", nameOf(status.state)},
          {"from", status.from ? nlohmann::json(isoDay(*status.from)) : nlohmann::json(nullptr)},
          {"until", status.until ? nlohmann::json(isoDay(*status.until)) : nlohmann::json(nullptr)},
          {"replaced_by", status.replacedBy},
          {"person", status.person},
          {"reason", status.reason}};
}

void showOne(const Context& context, const FiledResult& found, const DocumentRecord& document,
             Day today) {
  const ResultStatus status = document.status.value_or(ResultStatus{});
  if (context.json) {
    nlohmann::json value = toJson(status, today);
    value["result"] = document.code;
    value["dossier"] = found.record.code;
    value["version"] = found.version;
    value["retention"] = found.record.retention;
    value["access"] = found.record.access;
    return context.object(value);
  }
  context.line(document.code + ": " + wordOf(context, status.on(today)));
  if (status.from || status.until) {
    context.line(context.say("    Term: {} to {}", status.from ? isoDay(*status.from) : "…",
                             status.until ? isoDay(*status.until) : "…"));
  }
  if (!status.replacedBy.empty())
    context.line(context.say("    Replaced by {}", status.replacedBy));
  if (!status.person.empty()) {
    context.line(context.say("    Set by {} on {}: {}", status.person, isoVietnam(status.at),
                             status.reason));
  }
  if (!found.record.retention.empty())
    context.line(context.say("    Kept: {}", found.record.retention));
  if (!found.record.access.empty())
    context.line(context.say("    Access: {}", found.record.access));
}

void show(const Context& context, const std::string& code) {
  const Site site = context.site();
  const Day today = vietnamDay(site.clock()->now());
  if (const auto found = findResult(site, code))
    return showOne(context, *found, found->result(), today);
  // A dossier with several results: all of them.
  bool any = false;
  for (int n = 1;; ++n) {
    const auto found = findResult(site, code + "-KQ" + std::to_string(n));
    if (!found) break;
    showOne(context, *found, found->result(), today);
    any = true;
  }
  if (!any) throw UsageError(context.say("no result of this code is filed: {}", code));
}

void change(const Context& context, const Options& options, std::optional<ResultState> state) {
  const Site site = context.site();
  const FiledResult found = require(site, options.code);
  ResultChange wanted;
  wanted.state = state;
  if (state == ResultState::replaced) {
    wanted.replacedBy = require(site, options.with, "--with").result().code;
    if (wanted.replacedBy == found.result().code) throw UsageError("--with", options.with);
  }
  wanted.from = dayOf("--from", options.from);
  wanted.until = dayOf("--until", options.until);
  if (wanted.from && wanted.until && *wanted.until < *wanted.from) {
    throw UsageError("--until", options.until);
  }
  if (!options.retention.empty()) wanted.retention = options.retention;
  if (!options.access.empty()) wanted.access = options.access;
  wanted.reason = options.reason;
  wanted.person = options.person.empty() ? whoRuns() : options.person;
  const ResultChanged done = changeResult(site, found, wanted);
  const Day today = vietnamDay(site.clock()->now());
  if (context.json) {
    nlohmann::json value = toJson(done.status, today);
    value["event"] = "result";
    value["result"] = done.result;
    value["version"] = done.version;
    value["changed"] = done.changed;
    return context.object(value);
  }
  context.line(done.changed ? context.say("{}: {}, version {}", done.result,
                                          wordOf(context, done.status.on(today)), done.version)
                            : context.say("{} was so already; nothing changed.", done.result));
}

}  // namespace

void addResult(Command app, Context& context) {
  Command command = app.subcommand(
      "result",
      std::string(context.tr("whether a filed result is in force; nothing is ever deleted")));
  command.requireSubcommand();
  const auto options = std::make_shared<Options>();
  const auto add = [&](const char* name, std::string_view description) {
    Command sub = command.subcommand(name, std::string(description));
    sub.option("CODE", options->code,
               std::string(context.tr("result code, or the code of a dossier with one result")))
        .required();
    return sub;
  };
  const auto decides = [&](Command sub, std::optional<ResultState> state) {
    sub.option("--reason", options->reason, std::string(context.tr("why; kept in the ledger")))
        .required();
    sub.option("--by", options->person,
               std::string(context.tr("who decides; the login name unless given")));
    sub.action([options, &context, state] { change(context, *options, state); });
    return sub;
  };
  add("status", context.tr("in force, expired, withdrawn or replaced; who said so and why"))
      .action([&context, options] { show(context, options->code); });
  decides(add("withdraw", context.tr("it is withdrawn or cancelled")), ResultState::withdrawn);
  decides(add("replace", context.tr("another filed result stands in its place")),
          ResultState::replaced)
      .option("--with", options->with,
              std::string(context.tr("code of the result that replaces it")))
      .required();
  decides(add("expire", context.tr("it has no force any more")), ResultState::expired);
  decides(add("reinstate", context.tr("it is in force again")), ResultState::inForce);
  Command set =
      decides(add("set", context.tr("term of validity, retention and access")), std::nullopt);
  set.option("--from", options->from, std::string(context.tr("first day of its term, YYYY-MM-DD")));
  set.option("--until", options->until,
             std::string(context.tr("last day of its term, YYYY-MM-DD")));
  set.option("--retention", options->retention,
             std::string(context.tr("how long the dossier is kept")));
  set.option("--access", options->access, std::string(context.tr("who may use the dossier")));
}

}  // namespace sohoa::cli
