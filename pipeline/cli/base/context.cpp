#include "pipeline/cli/base/context.h"

#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include "core/cause.h"
#include "core/texts/detail_text.h"
#include "core/texts/harmless_text.h"
#include "core/texts/json.h"
#include "pipeline/common/file_names.h"

namespace sohoa::cli {

void Context::text(std::string_view text) const {
  const std::string harmless = harmlessText(text, true);
  std::fwrite(harmless.data(), 1, harmless.size(), stdout);
}

void Context::data(std::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void Context::line(std::string_view text) const { fmt::print("{}\n", harmlessText(text, true)); }

void Context::object(const nlohmann::json& value) const {
  fmt::print("{}\n", jsonTextReplacing(value));
  std::fflush(stdout);
}

void Context::failed(const ItemError& error) {
  exit = ExitCode::finishedWith;
  if (json) {
    object({{"item", error.item},
            {"cause", codeOf(error.cause)},
            {"reason", reasonOf(error.cause, language)},
            {"detail", error.detail}});
    return;
  }
  fmt::print(
      stderr, "sohoa: {}\n",
      harmlessText(error.item + ": " + reason(std::string(codeOf(error.cause)), error.detail)));
}

std::string twinText(const Context& context, const PageTwin& twin) {
  const std::string other =
      printable(twin.dossier.empty() ? twin.other : twin.dossier + "/" + twin.other);
  return twin.kind == PageTwin::Kind::same
             ? context.say("the same file twice: {} = {}", printable(twin.page), other)
             : context.say("perhaps one sheet scanned twice: {} ~ {}", printable(twin.page), other);
}

std::string whoRuns() {
  const passwd* entry = ::getpwuid(::getuid());
  return entry ? entry->pw_name : std::to_string(::getuid());
}

std::string Context::reason(const std::string& causeCode, const std::string& detail) const {
  const auto cause = causeFromCode(causeCode);
  std::string text = cause ? std::string(reasonOf(*cause, language)) : causeCode;
  if (!detail.empty()) text += fmt::format(" ({})", printable(detailText(language, detail)));
  return text;
}

}  // namespace sohoa::cli
