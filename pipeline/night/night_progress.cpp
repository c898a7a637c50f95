#include "pipeline/night/night_progress.h"

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "core/cause.h"
#include "core/texts/json.h"

namespace sohoa {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::string outcomeLine(const Outcome& outcome, Language language) {
  switch (outcome.kind) {
    case Outcome::Kind::filed:
      return say(language, "filed        {}  {} pages", outcome.code, outcome.pages);
    case Outcome::Kind::held:
    case Outcome::Kind::quarantined:
    case Outcome::Kind::waiting: {
      const auto cause = causeFromCode(outcome.cause);
      const std::string reason = cause ? std::string(reasonOf(*cause, language)) : outcome.cause;
      const std::string detail = outcome.detail.empty() ? "" : fmt::format(" ({})", outcome.detail);
      if (outcome.kind == Outcome::Kind::waiting) {
        return say(language, "waiting      {}  {}{}", outcome.code, reason, detail);
      }
      return outcome.kind == Outcome::Kind::held
                 ? say(language, "held         {}  {}{}", outcome.code, reason, detail)
                 : say(language, "quarantined  {}  {}{}", outcome.code, reason, detail);
    }
  }
  return {};
}

class PlainLines : public NightListener {
 public:
  explicit PlainLines(Language language) : language_(language) {}
  void leftAlone(const std::string& folder, const std::string& why) override {
    print(say(language_, "left alone   {}  {}", folder, tr(language_, why)));
  }
  void takenIn(const std::string& batch, int dossiers, int pages) override {
    print(say(language_, "taken in     {}  {} dossiers, {} pages", batch, dossiers, pages));
  }
  void willRead(int) override {}
  void pageRead(const std::string&) override {}
  void decided(const Outcome& outcome) override { print(outcomeLine(outcome, language_)); }
  void warning(const char* english, const std::string& value) override {
    print(say(language_, "warning      {}", say(language_, english, value)));
  }

 protected:
  virtual void print(const std::string& text) {
    fmt::print("{}\n", text);
    std::fflush(stdout);
  }
  Language language_;
};

/// Plain lines, and below them a bar that is redrawn in place.
class Bar final : public PlainLines {
 public:
  using PlainLines::PlainLines;
  ~Bar() override {
    if (drawn_) fmt::print("\r\033[K");
  }
  void willRead(int pages) override {
    pages_ = pages;
    start_ = SteadyClock::now();
    draw();
  }
  void pageRead(const std::string& dossier) override {
    ++read_;
    current_ = dossier;
    draw();
  }

 private:
  void print(const std::string& text) override {
    if (drawn_) fmt::print("\r\033[K");
    drawn_ = false;
    PlainLines::print(text);
    draw();
  }

  void draw() {
    if (pages_ == 0) return;
    winsize size{};
    const int columns =
        ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - start_).count();
    const double rate = seconds > 0 ? read_ / seconds : 0;
    std::string figures = say(language_, "{}/{} pages  {:.1f} pages/s", read_, pages_, rate);
    if (rate > 0 && read_ >= 3) {
      const auto left = std::chrono::seconds(static_cast<long>((pages_ - read_) / rate + 0.5));
      figures += say(language_, "  {} left", clockTime(left));
    }
    const int width = std::clamp(columns - static_cast<int>(figures.size()) - 5, 0, 40);
    const int full = width * read_ / pages_;
    fmt::print("\r\033[K[{:#<{}}{:.<{}}] {}", "", full, "", width - full, figures);
    std::fflush(stdout);
    drawn_ = true;
  }

  int pages_ = 0, read_ = 0;
  bool drawn_ = false;
  std::string current_;
  SteadyClock::time_point start_;
};

class JsonLines final : public NightListener {
 public:
  explicit JsonLines(Language language) : language_(language) {}
  void leftAlone(const std::string& folder, const std::string& why) override {
    print({{"event", "left_alone"}, {"folder", folder}, {"why", tr(language_, why)}});
  }
  void takenIn(const std::string& batch, int dossiers, int pages) override {
    print({{"event", "taken_in"}, {"batch", batch}, {"dossiers", dossiers}, {"pages", pages}});
  }
  void willRead(int pages) override { print({{"event", "will_read"}, {"pages", pages}}); }
  void warning(const char* english, const std::string& value) override {
    print({{"event", "warning"}, {"text", say(language_, english, value)}});
  }
  void pageRead(const std::string& dossier) override {
    print({{"event", "page_read"}, {"dossier", dossier}});
  }
  void decided(const Outcome& outcome) override {
    const auto cause = causeFromCode(outcome.cause);
    print({{"event", "decided"},
           {"batch", outcome.batch},
           {"folder", outcome.folder},
           {"dossier", outcome.code},
           {"outcome", nameOf(outcome.kind)},
           {"cause", outcome.cause},
           {"reason", cause ? reasonOf(*cause, language_) : ""},
           {"detail", outcome.detail},
           {"pages", outcome.pages}});
  }

 private:
  static void print(const nlohmann::json& value) {
    fmt::print("{}\n", jsonTextReplacing(value));
    std::fflush(stdout);
  }
  Language language_;
};

}  // namespace

std::unique_ptr<NightListener> makeProgress(Language language, bool json, bool terminal) {
  if (json) return std::make_unique<JsonLines>(language);
  if (terminal) return std::make_unique<Bar>(language);
  return std::make_unique<PlainLines>(language);
}

std::string describe(const NightSummary& summary, Language language) {
  std::string text = say(language, "{} dossiers received = {} filed + {} held + {} quarantined",
                         summary.received, summary.filed, summary.held, summary.quarantined);
  if (summary.remaining > 0) text += say(language, " + {} not finished", summary.remaining);
  if (summary.waiting > 0) text += say(language, "; {} wait for a server outside", summary.waiting);
  if (summary.fromReview > 0)
    text += say(language, "; {} accepted in review worked on", summary.fromReview);
  text += say(language, "; {} pages read in {}", summary.pages,
              clockTime(std::chrono::seconds(static_cast<long>(summary.seconds + 0.5))));
  if (summary.leftAlone > 0)
    text += say(language, "; {} folders of intake left alone", summary.leftAlone);
  return text + ".";
}

std::string clockTime(std::chrono::seconds duration) {
  const auto total = duration.count();
  if (total >= 3600)
    return fmt::format("{}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60);
  return fmt::format("{}:{:02}", total / 60, total % 60);
}

}  // namespace sohoa
