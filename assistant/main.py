"""Command-line arguments in, the right door opened with settings, index and assistant put together.

Example: ``policy-assistant serve --port 8080``
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, PortBusy
from assistant.offline import go_offline
from assistant.settings import Settings, load_settings
from corpus.errors import CorpusError, describe_os_error
from index.errors import IndexRoomError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.engine import Assistant

PIPE_CLOSED = 141
"""What a shell reports of a command whose reader went away: 128 and the number of SIGPIPE."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 an error told in Chinese, 2 unusable arguments."""
    go_offline()
    # A path may hold bytes that are no text, and a terminal may not know Chinese: neither ends a command.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["eval"]:
        # evals stands above this package, so it is opened by name and only when asked for.
        code: int = importlib.import_module("evals.run").main(given[1:])
        return code
    arguments = _parser().parse_args(given)
    from assistant.doors.cli import print_error

    try:
        settings = load_settings(
            corpus=getattr(arguments, "corpus", None),
            index=getattr(arguments, "index", None),
            host=getattr(arguments, "host", None),
            port=getattr(arguments, "port", None),
        )
        result: int = arguments.run(arguments, settings)
        sys.stdout.flush()
        return result
    except (AssistantError, CorpusError, IndexRoomError) as error:
        print_error(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Nobody reads any more (`… | head`); what is still buffered must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="policy-assistant", description="政策文件问答：答案带条款或表格出处。")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument("--corpus", type=Path, help="文件所在的文件夹")
    folders.add_argument("--index", type=Path, help="索引所在的文件夹")

    index = commands.add_parser("index", parents=[folders], help="建立或刷新索引")
    index.set_defaults(run=_index)

    _add_ask_options(commands.add_parser("ask", parents=[folders], help="提问"))

    search = commands.add_parser("search", parents=[folders], help="只检索，不作答")
    search.add_argument("query", help="检索词")
    search.add_argument("--json", action="store_true", help="输出 JSON")
    search.add_argument("-k", type=int, default=10, help="返回条数")
    search.add_argument("--document", action="append", metavar="ID", help="只在这些文件中检索，可多次给出")
    search.set_defaults(run=_search)

    serve = commands.add_parser("serve", parents=[folders], help="打开网页和接口")
    serve.add_argument("--host", help="监听地址")
    serve.add_argument("--port", type=int, help="监听端口")
    serve.set_defaults(run=_serve)

    corpus = commands.add_parser("corpus", parents=[folders], help="查看读出了什么")
    corpus.add_argument("view", choices=["list", "show", "check"], help="目录、全文结构、核对结果")
    corpus.set_defaults(run=_corpus)

    doctor = commands.add_parser("doctor", parents=[folders], help="检查环境、文件和索引")
    doctor.set_defaults(run=_doctor)

    commands.add_parser("eval", help="回归评测（policy-assistant eval --help）", add_help=False)
    return parser


def _add_ask_options(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("question", nargs="?", default="", help="问题")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    ask.add_argument("--why", action="store_true", help="显示各步骤：理解、计划、核对、执行、引用")
    ask.add_argument("--after", action="append", default=[], metavar="上一问", help="此前的问题，可多次给出")
    ask.add_argument("--document", action="append", metavar="ID", help="只在这些文件中回答，可多次给出")
    ask.add_argument("--batch", type=Path, metavar="文件", help="批量提问：每行一个 JSON 问题")
    ask.add_argument("--out", type=Path, default=Path("answers.jsonl"), metavar="文件", help="批量答案写到哪里")
    ask.set_defaults(run=_ask)


def _index(_: argparse.Namespace, settings: Settings) -> int:
    from assistant.doors.cli import print_stamp, progress_bar, warn_of_failures
    from corpus.parse import scan_corpus
    from index.build import build_index
    from index.embedder import make_model, open_embedder

    # Before the model, which takes its time: a wrong folder is said at once.
    warn_of_failures(scan_corpus(settings.corpus).failures)
    if settings.model == "default":
        make_model(settings.models, progress_bar("准备向量模型", "步"))
    embedder = open_embedder(settings.model, settings.models)
    database = settings.database.get_secret_value()
    progress = progress_bar("建立索引", "段")
    print_stamp(build_index(settings.corpus, settings.index, embedder, database, progress, chroma=settings.chroma))
    return 0


def _ask(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.doors.cli import print_answer, print_lines, print_stages
    from assistant.engine import Assistant

    assistant = Assistant.open(settings=settings)
    if arguments.why:
        answer, stages = assistant.explain(arguments.question, arguments.after, arguments.document)
        print_answer(answer, arguments.json)
        print_stages(stages)
        return 0
    if arguments.batch is None:
        print_answer(assistant.ask(arguments.question, arguments.after, arguments.document), arguments.json)
        return 0
    from assistant.doors.batch import answer_file

    assistant.warm_up()  # the times of the rows are those of their questions
    written = answer_file(assistant, arguments.batch, arguments.out, arguments.document)
    failed = f"，其中 {written.errors} 行出错（见各行的 answer）" if written.errors else ""
    print_lines([f"已写出 {written.rows} 行{failed}：{arguments.out}"])
    return 0


def _search(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.doors.cli import print_hits
    from assistant.engine import Assistant

    hits = Assistant.open(settings=settings).search(arguments.query, arguments.k, arguments.document)
    print_hits(hits, arguments.json)
    return 0


def _corpus(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.doors.cli import print_documents
    from corpus.knowledge import load_knowledge
    from corpus.parse import scan_corpus

    print_documents(scan_corpus(settings.corpus), arguments.view, load_knowledge(settings.corpus))
    return 0


def _doctor(_: argparse.Namespace, settings: Settings) -> int:
    from assistant.doctor import examine, worst_is_fatal
    from assistant.doors.cli import print_lines

    findings = examine(settings)
    print_lines(
        f"[{item.severity.value}] {item.message}" + (f" → {item.remedy}" if item.remedy else "") for item in findings
    )
    return 1 if worst_is_fatal(findings) else 0


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    _check_port(settings)
    import uvicorn

    from assistant.doors.cli import print_lines
    from assistant.doors.examples import first_questions
    from assistant.engine import Assistant

    fixed = settings.admin_password.get_secret_value()
    # Where administrators sign on, no password is made up for them.
    password = fixed or ("" if settings.admins else token_urlsafe(9))
    assistant = Assistant.open(settings=settings)
    app = create_app(assistant, settings, password)
    # What the first question loads is loaded before the first person waits for it.
    assistant.warm_up()
    for question in first_questions(assistant.documents):
        assistant.ask(question)
    address = f"http://{settings.host}:{settings.port}"
    print_lines([f"政策文件问答已就绪：{address}"])
    if password != fixed:
        print_lines([f"反馈处理页面：{address}/review，本次启动的口令：{password}（可用 POLICY_ADMIN_PASSWORD 固定）"])
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
    return 0


def create_app(assistant: Assistant, settings: Settings, password: str) -> FastAPI:
    """Return the one FastAPI application: the API with the chat mounted in it; ``password`` opens the review page.

    Raises:
        ConversationsUnavailable: The database of the talks cannot be used.
    """
    from assistant.conversations.database import open_database
    from assistant.doors.api import create_api
    from assistant.doors.report_route import REPORT
    from assistant.doors.web import Office, mount_chat
    from assistant.engine import documents_of
    from corpus.parse import find_unread

    engine = open_database(settings.conversations, settings.database.get_secret_value())
    report = settings.conversations / REPORT
    stamp, folder = assistant.index.stamp, documents_of(settings)
    known = frozenset(one.info.file for one in assistant.documents)
    office = Office(
        *(engine, stamp.generation, password, report, settings.user_header, settings.admins, stamp.built_at),
        unread=lambda: find_unread(folder, known),
        findings=assistant.index.findings,
    )
    return mount_chat(create_api(assistant), assistant, office)


def _check_port(settings: Settings) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise PortBusy(
                f"端口 {settings.port} 无法使用（{describe_os_error(error)}）。请关闭占用它的程序，或换一个端口："
                f"policy-assistant serve --port {settings.port + 1}"
            ) from error


if __name__ == "__main__":
    sys.exit(main())
