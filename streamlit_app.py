"""The neural network playground: `streamlit run streamlit_app.py`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Literal

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime import exists

from playground.app.served import Kept

ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path d="M7 9 25 16 7 23" fill="none" stroke="#7a2ebd" stroke-width="3"/>
<circle cx="7" cy="9" r="5" fill="#0a4d9c"/><circle cx="7" cy="23" r="5" fill="#0a4d9c"/>
<circle cx="25" cy="16" r="6" fill="#b34700"/></svg>"""


@asynccontextmanager
async def ready(_: st.App) -> AsyncIterator[None]:
    """All is imported before the first viewer comes."""
    import_module("playground.app.page")
    yield


if exists():                                                            # a viewer's run of the page
    from playground.app.page import page

    sidebar: Literal["collapsed", "auto"] = "collapsed" if st.context.is_embedded else "auto"
    st.set_page_config("Neural network playground", page_icon=ICON, layout="wide", initial_sidebar_state=sidebar)
    page()
else:                                                                   # the start of the server
    app = st.App(__file__, lifespan=ready, middleware=[Middleware(Kept)])
