"""The neural network playground: `streamlit run streamlit_app.py`."""

from typing import Literal

import streamlit as st

from playground.app.page import page

ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path d="M7 9 25 16 7 23" fill="none" stroke="#7a2ebd" stroke-width="3"/>
<circle cx="7" cy="9" r="5" fill="#0a4d9c"/><circle cx="7" cy="23" r="5" fill="#0a4d9c"/>
<circle cx="25" cy="16" r="6" fill="#b34700"/></svg>"""

sidebar: Literal["collapsed", "auto"] = "collapsed" if st.context.is_embedded else "auto"
st.set_page_config("Neural network playground", page_icon=ICON, layout="wide", initial_sidebar_state=sidebar)
page()
