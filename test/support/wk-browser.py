#!/usr/bin/python3
"""WebKitGTK for WebKitWebDriver, with a profile on disk, real tabs and an optional quota.

MiniBrowser, which the driver starts by itself, is ephemeral under automation: it has no profile that outlives it.

    wk-browser.py --profile=FOLDER [--enable=Feature,Feature] [--quota-ratio=FLOAT]
"""

import sys

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('WebKit2', '4.1')
from gi.repository import Gtk, WebKit2  # noqa: E402

options = dict(a[2:].split('=', 1) for a in sys.argv[1:] if a.startswith('--') and '=' in a)
wanted = set(options.get('enable', '').split(','))
quota = (
    {'origin_storage_ratio': float(options['quota-ratio']), 'total_storage_ratio': 1.0}
    if 'quota-ratio' in options
    else {}
)

context = WebKit2.WebContext(
    website_data_manager=WebKit2.WebsiteDataManager(
        base_data_directory=options['profile'] + '/data',
        base_cache_directory=options['profile'] + '/cache',
        **quota,
    )
)
context.set_automation_allowed(True)

settings = WebKit2.Settings(
    enable_page_cache=True,
    javascript_can_open_windows_automatically=True,
    enable_write_console_messages_to_stdout=True,
)
features = WebKit2.Settings.get_all_features()
for feature in map(features.get, range(features.get_length())):
    if feature.get_identifier() in wanted:
        settings.set_feature_enabled(feature, True)

TAB = WebKit2.AutomationBrowsingContextPresentation.TAB
WINDOW = WebKit2.AutomationBrowsingContextPresentation.WINDOW
notebook = None


def open_view(kind, opener=None):
    """A tab shown in front of the others, which really become hidden by it."""
    global notebook
    if opener:
        view = WebKit2.WebView(related_view=opener, settings=settings)
    else:
        view = WebKit2.WebView(
            web_context=context,
            settings=settings,
            is_controlled_by_automation=True,
            automation_presentation_type=kind,
        )
    if kind == WINDOW or notebook is None:
        window = Gtk.Window(default_width=1024, default_height=700)
        notebook = Gtk.Notebook()
        window.add(notebook)
        window.show_all()
    view.show()
    notebook.set_current_page(notebook.append_page(view, Gtk.Label(label='tab')))
    view.connect('close', lambda closed: closed.destroy())
    view.connect('create', lambda parent, _action: open_view(TAB, parent))
    return view


def on_automation_started(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name('wk-browser')
    info.set_version(WebKit2.MAJOR_VERSION, WebKit2.MINOR_VERSION, WebKit2.MICRO_VERSION)
    session.set_application_info(info)
    session.connect('create-web-view::tab', lambda _session: open_view(TAB))
    session.connect('create-web-view::window', lambda _session: open_view(WINDOW))


context.connect('automation-started', on_automation_started)
Gtk.main()
